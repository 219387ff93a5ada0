package org.mlxspring.engine.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.train.Best;
import org.mlxspring.engine.train.TrainEvent;
import tools.jackson.databind.json.JsonMapper;

/** The file of {@code --metrics}: one JSON line per report, appended and flushed, so that it can be watched. */
final class MetricsFile implements AutoCloseable {

    private final JsonMapper mapper = JsonMapper.shared();
    private final BufferedWriter out;

    /** @throws UsageException if the file cannot be written */
    MetricsFile(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UsageException("--metrics " + file + " cannot be written: " + e + ". Name another file.");
        }
    }

    /** Writes a line for a report, a validation a test or the best weights at the end; nothing for other events. */
    void write(TrainEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        switch (event) {
            case TrainEvent.Report report -> {
                line.put("iteration", report.iteration());
                line.put("train_loss", report.trainLoss());
                line.put("learning_rate", report.learningRate());
                line.put("tokens_per_second", report.tokensPerSecond());
                line.put("trained_tokens", report.trainedTokens());
                line.put("peak_memory", report.peakMemory());
                line.put("grad_norm", report.gradNorm());
                line.putAll(report.metrics());
            }
            case TrainEvent.Validated validated -> {
                line.put("iteration", validated.iteration());
                line.put("val_loss", validated.valLoss());
                line.putAll(validated.metrics());
                if (validated.best()) {
                    line.put("best", true);
                }
            }
            case TrainEvent.Tested tested -> {
                line.put("test_loss", tested.testLoss());
                line.put("test_ppl", tested.testPerplexity());
            }
            case TrainEvent.Started started -> {
                return;
            }
            case TrainEvent.Referenced referenced -> {
                return;
            }
            case TrainEvent.Notice notice -> {
                return;
            }
            case TrainEvent.Saved saved -> {
                return;
            }
            case TrainEvent.Finished(int iteration, boolean stopped, Optional<Best> best) -> {
                if (best.isEmpty()) {
                    return;
                }
                line.put("iteration", iteration);
                line.put("best_iteration", best.get().iteration());
                line.put("best_val_loss", best.get().valLoss());
            }
        }
        try {
            out.write(mapper.writeValueAsString(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The metrics file cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
