package org.mlxspring.autoconfigure.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.mlxspring.engine.adapter.CheckReport;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.data.PreparedFolder;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowReader;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenSegments;
import org.mlxspring.engine.evaluate.Estimate;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.evaluate.MetricScore;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;
import org.mlxspring.engine.train.Best;
import org.mlxspring.engine.train.TrainData;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSpec;
import org.mlxspring.engine.worker.EngineLauncher;
import org.mlxspring.engine.worker.EngineWorker;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerOutcome;
import org.mlxspring.engine.worker.WorkerTask;

/**
 * An engine that works on a thread of its own, reads and writes the same folders as the real one and sends the same
 * messages, but computes nothing. What it pretends is told by the settings: {@code seed} 13 fails at iteration 3 of the
 * first attempt, and the candidate's loss is the learning rate.
 */
public final class PretendEngine implements EngineLauncher {

    private static final long MILLIS_PER_ITERATION = 50;

    @Override
    public EngineWorker start(WorkerTask task, Consumer<WorkerMessage> listener) {
        return new Worker(task, listener);
    }

    private static final class Worker implements EngineWorker {

        private final Consumer<WorkerMessage> listener;
        private final CompletableFuture<WorkerOutcome> outcome = new CompletableFuture<>();
        private final Thread thread;
        private volatile boolean stop;

        Worker(WorkerTask task, Consumer<WorkerMessage> listener) {
            this.listener = listener;
            thread = Thread.ofPlatform().name("pretend-engine").start(() -> {
                try {
                    outcome.complete(work(task));
                } catch (IOException | RuntimeException e) {
                    outcome.complete(new WorkerOutcome.Failed(String.valueOf(e.getMessage()), false));
                } catch (InterruptedException e) {
                    outcome.complete(new WorkerOutcome.Failed("killed", false));
                }
            });
        }

        private WorkerOutcome work(WorkerTask task) throws IOException, InterruptedException {
            return switch (task) {
                case WorkerTask.Train train -> train(train.spec());
                case WorkerTask.Evaluate evaluate -> evaluate(evaluate.spec());
                case WorkerTask.Fuse fuse -> fuse(fuse.spec());
            };
        }

        private WorkerOutcome train(TrainSpec spec) throws IOException, InterruptedException {
            Path checkpoint = spec.adapterPath().resolve("checkpoint");
            int done = spec.resume() && Files.exists(checkpoint) ? Integer.parseInt(Files.readString(checkpoint)) : 0;
            int rows = prepared(spec.data()).open().size();
            int iterations = spec.settings().iters();
            listener.accept(new WorkerMessage.BaseModel("5fa3c1".repeat(10)));
            say(new TrainEvent.Started(done + 1, iterations, 10, 1000, rows, 2, 0, 40));
            if (done == 0) {
                say(new TrainEvent.Referenced(4, 4));
                say(new TrainEvent.Validated(0, 3.0, 0.1, Map.of(), true));
            }
            for (int i = done + 1; i <= iterations; i++) {
                Thread.sleep(MILLIS_PER_ITERATION);
                if (spec.settings().seed() == 13 && i == 3 && done == 0) {
                    return new WorkerOutcome.Failed("The worker was killed by signal 9.", false);
                }
                say(new TrainEvent.Report(
                        i,
                        3.0 / i,
                        1e-5,
                        20,
                        400,
                        20L * i,
                        0.5,
                        1.5,
                        Map.of("reward_margin", 0.5 * i, "lost", Double.NaN)));
                if (stop || i % spec.settings().saveEvery() == 0) {
                    Files.writeString(checkpoint, Integer.toString(i));
                    say(new TrainEvent.Saved(i, checkpoint));
                }
                if (stop) {
                    say(new TrainEvent.Finished(i, true));
                    return new WorkerOutcome.Stopped();
                }
            }
            Files.writeString(checkpoint, Integer.toString(iterations));
            Files.writeString(
                    spec.adapterPath().resolve("loss"),
                    Double.toString(spec.settings().learningRate()));
            say(new TrainEvent.Finished(iterations, false, Optional.of(new Best(0, 3.0))));
            return new WorkerOutcome.Completed();
        }

        private static TokenSegments prepared(TrainData data) {
            return switch (data) {
                case TrainData.Prepared(Path folder, FileKey key) ->
                    new PreparedFolder(folder, Storage.sealed(key)).segments(Split.TRAIN);
                case TrainData.Rows rows -> throw new IllegalStateException("rows lie in the clear: " + rows.folder());
            };
        }

        private WorkerOutcome evaluate(EvaluateSpec spec) {
            int rows = lines(spec.rows());
            List<Evaluation.Score> scores = spec.contenders().stream()
                    .map(contender -> {
                        double loss = contender.adapter().map(Worker::loss).orElse(3.0);
                        return new Evaluation.Score(
                                contender.name(), rows, loss, Math.exp(loss), rows, 0, metrics(contender));
                    })
                    .toList();
            listener.accept(new WorkerMessage.Evaluated(new Evaluation(scores)));
            return new WorkerOutcome.Completed();
        }

        private static List<MetricScore> metrics(EvaluateSpec.Contender contender) {
            Estimate value = new Estimate(0.5, 0.4, 0.6);
            Optional<Estimate> overBase = contender.adapter().map(adapter -> new Estimate(0.1, -0.05, 0.25));
            return List.of(
                    new MetricScore("token_f1", 4, value, overBase),
                    new MetricScore("field_accuracy.queue", 4, value, overBase));
        }

        private static double loss(Path adapter) {
            try {
                return Double.parseDouble(Files.readString(adapter.resolve("loss")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int lines(RowFile file) {
            int lines = 0;
            try (RowReader reader = RowReader.ofAny(file, RowKeys.standard())) {
                while (reader.read().isPresent()) {
                    lines++;
                }
            }
            return lines;
        }

        private WorkerOutcome fuse(FuseSpec spec) throws IOException {
            Path valid = spec.check().data().orElseThrow().resolve(Split.VALID.fileName());
            int rows = lines(new RowFile(valid, spec.check().key()));
            Files.createDirectories(spec.savePath());
            Files.writeString(spec.savePath().resolve("config.json"), "{}");
            listener.accept(new WorkerMessage.Fused(
                    spec.savePath(),
                    List.of("config.json"),
                    List.of(new CheckReport("fused", "valid.jsonl", rows, 80, 2e-4, 0.99, 0.01))));
            return new WorkerOutcome.Completed();
        }

        private void say(TrainEvent event) {
            listener.accept(new WorkerMessage.Training(event));
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void requestStop() {
            stop = true;
        }

        @Override
        public WorkerOutcome await() throws InterruptedException {
            try {
                return outcome.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
