package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.model.LanguageModel;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link ReferenceScores} on disk, {@code reference.json} beside the checkpoints, so that a run that is resumed does not
 * compute them again.
 *
 * @param model {@link ModelHash} of the model that gave them
 * @param scores log-probabilities by the hash of their row
 */
record ReferenceFile(String model, Map<String, Float> scores) {

    private static final String NAME = "reference.json";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The numbers of all rows of a run: those that its folder keeps, and those that are computed now and kept.
     *
     * @param model as it stands before training, with dropout off
     * @param listener learns how far this is
     * @param stopRequested asked between batches; once it answers true the rest stays uncomputed
     */
    static ReferenceScores completed(
            TrainSpec spec,
            Group group,
            LanguageModel model,
            List<TokenizedRows> splits,
            Consumer<TrainEvent> listener,
            BooleanSupplier stopRequested) {
        String hash = ModelHash.of(spec.model(), spec.resumeAdapterFile());
        ReferenceScores scores = read(spec.adapterPath(), hash);
        TrainSettings settings = spec.settings();
        Told told =
                new Told(listener, splits.stream().mapToInt(TokenizedRows::size).sum());
        boolean computed = false;
        for (TokenizedRows rows : splits) {
            computed |= scores.complete(
                    model, group, rows, settings.batchSize(), settings.maxSeqLength(), stopRequested, told::add);
        }
        if (computed && group.isFirst()) {
            write(spec.adapterPath(), hash, scores);
        }
        return scores;
    }

    /** Tells at the end, and before it not more often than anybody reads. */
    private static final class Told {

        private static final long NANOS = 5_000_000_000L;

        private final Consumer<TrainEvent> listener;
        private final int total;
        private int answers;
        private long last = System.nanoTime();

        Told(Consumer<TrainEvent> listener, int total) {
            this.listener = listener;
            this.total = total;
        }

        void add(int more) {
            answers += more;
            if (answers == total || System.nanoTime() - last > NANOS) {
                last = System.nanoTime();
                listener.accept(new TrainEvent.Referenced(answers, total));
            }
        }
    }

    /** What a folder keeps of a model; nothing where there is no file, or one of another model, or a damaged one. */
    private static ReferenceScores read(Path folder, String model) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return new ReferenceScores();
        }
        try {
            ReferenceFile kept = JSON.readValue(Files.readAllBytes(file), ReferenceFile.class);
            return kept.model.equals(model) ? new ReferenceScores(kept.scores) : new ReferenceScores();
        } catch (JacksonException e) {
            // What cannot be read is computed and written anew.
            return new ReferenceScores();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static void write(Path folder, String model, ReferenceScores scores) {
        Path file = folder.resolve(NAME);
        try {
            DurableFile.write(file, JSON.writeValueAsBytes(new ReferenceFile(model, scores.byRow())));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
