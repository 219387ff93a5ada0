package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.text.Tokenizer;

/** Judges a model and an adapter that are there already on the test split, without training. */
public final class Tester {

    private Tester() {}

    /**
     * The mean loss per target over {@code settings.testBatches} batches of the test split.
     *
     * @param adapter adapter folder; empty for the base model alone
     * @param data folder with {@code test.jsonl}
     */
    public static TrainEvent.Tested run(Path model, Optional<Path> adapter, Path data, TrainSettings settings) {
        try (Scope scope = Scope.open();
                Tokenizer tokenizer = Tokenizer.load(model)) {
            LanguageModel loaded = ModelRegistry.load(model);
            Splits splits = new Splits(
                    new TrainData.Rows(data, Optional.empty()),
                    settings.trainMode().tokenizer(tokenizer, settings.lossMask()));
            TokenizedRows rows = splits.require(Split.TEST);
            Objective objective = Objective.of(settings, loaded, BatchArrays::of, () -> {
                ReferenceScores base = new ReferenceScores();
                base.complete(
                        loaded,
                        Group.alone(),
                        rows,
                        settings.batchSize(),
                        settings.maxSeqLength(),
                        () -> false,
                        _ -> {});
                return base;
            });
            adapter.ifPresent(folder -> new AdapterFolder(folder).load(loaded));
            return test(objective, Group.alone(), rows, settings, new NumpyRandom(settings.seed()));
        }
    }

    static TrainEvent.Tested test(
            Objective objective, Group group, TokenizedRows rows, TrainSettings settings, NumpyRandom order) {
        BatchIterator batches = BatchIterator.evaluation(
                rows, settings.batchSize(), settings.maxSeqLength(), order, settings.testBatches());
        double loss = Judgement.of(objective, group, batches, () -> {}).loss();
        return new TrainEvent.Tested(loss, Math.exp(loss));
    }
}
