package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.mlxspring.engine.data.TokenizedRows;
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
     * @param stopRequested asked between batches; once it answers true the rest stays uncomputed
     */
    static ReferenceScores completed(
            TrainSpec spec, LanguageModel model, List<TokenizedRows> splits, BooleanSupplier stopRequested) {
        String hash = ModelHash.of(spec.model(), spec.resumeAdapterFile());
        ReferenceScores scores = read(spec.adapterPath(), hash);
        TrainSettings settings = spec.settings();
        boolean computed = false;
        for (TokenizedRows rows : splits) {
            computed |= scores.complete(model, rows, settings.batchSize(), settings.maxSeqLength(), stopRequested);
        }
        if (computed) {
            write(spec.adapterPath(), hash, scores);
        }
        return scores;
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

    /** Writes beside, flushes and moves. */
    private static void write(Path folder, String model, ReferenceScores scores) {
        Path file = folder.resolve(NAME);
        Path beside = folder.resolve("." + NAME + ".tmp");
        try {
            Files.write(beside, JSON.writeValueAsBytes(new ReferenceFile(model, scores.byRow())));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
