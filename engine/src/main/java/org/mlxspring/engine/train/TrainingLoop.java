package org.mlxspring.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.DataException;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Parameter;

/**
 * The iterations of one run, with its validations, reports and checkpoints. All processes of a group run it side by side
 * and come to the same decisions; the first one writes.
 */
final class TrainingLoop {

    /** How the iterations ended. */
    enum End {
        /** All were made. */
        COMPLETE,
        /** Validations brought nothing better for too long. */
        OUT_OF_PATIENCE,
        /** The run was asked to stop, and can be resumed. */
        STOPPED
    }

    private static final double GIGABYTE = 1e9;

    private final TrainSpec spec;
    private final TrainSettings settings;
    private final Objective objective;
    private final Group group;
    private final Map<String, Parameter> trained;
    private final Updates updates;
    private final Dropout.Step dropout;
    private final NumpyRandom order;
    private final TokenizedRows trainRows;
    private final Optional<TokenizedRows> validRows;
    private final Consumer<TrainEvent> listener;
    private final BatchIterator batches;
    private final BestAdapter bestAdapter;
    private final BufferWatch buffers;
    private final Window window = new Window();

    private RandomState random;
    private int iteration;
    private int savedAt;
    /** Whether the checkpoints in the folder are this run's. */
    private boolean ownCheckpoints;

    private long trainedTokens;
    private Patience patience = Patience.FRESH;

    TrainingLoop(
            TrainSpec spec,
            Objective objective,
            Group group,
            Map<String, Parameter> trained,
            Updates updates,
            Dropout.Step dropout,
            RandomState random,
            NumpyRandom order,
            TokenizedRows trainRows,
            Optional<TokenizedRows> validRows,
            Consumer<TrainEvent> listener) {
        this.spec = spec;
        this.settings = spec.settings();
        this.objective = objective;
        this.group = group;
        this.trained = trained;
        this.updates = updates;
        this.dropout = dropout;
        this.random = random;
        this.order = order;
        this.trainRows = trainRows;
        this.validRows = validRows;
        this.listener = listener;
        this.buffers = new BufferWatch(Mlx.bufferLimit(), listener);
        this.batches = BatchIterator.training(trainRows, settings.batchSize(), settings.maxSeqLength(), order);
        this.bestAdapter = new BestAdapter(spec.adapterPath());
    }

    /** Iterations finished. */
    int iteration() {
        return iteration;
    }

    /** The best validation so far, whose weights are on disk. */
    Optional<Best> best() {
        return patience.best();
    }

    /**
     * Trains to the end.
     *
     * @param totalParameters number of weights of the model, adapters left out
     */
    End run(long totalParameters, BooleanSupplier stopRequested) {
        if (group.isFirst()) {
            Checkpoint.removeLeftovers(spec.adapterPath());
        }
        if (spec.resume()) {
            Checkpoint.last(spec.adapterPath()).ifPresent(this::goOnFrom);
        }
        Mlx.resetPeakMemory();
        if (batches.rowsWithoutTargets() == trainRows.size()) {
            throw new DataException("No row of " + spec.data().place(Split.TRAIN)
                    + " has anything to learn within max_seq_length (now " + settings.maxSeqLength()
                    + "), under loss_mask " + settings.lossMask().settingName()
                    + " and the weights of its messages; a larger max_seq_length, or another mask, is needed.");
        }
        listener.accept(new TrainEvent.Started(
                iteration + 1,
                settings.iters(),
                trained.values().stream().mapToLong(each -> each.value().size()).sum(),
                totalParameters,
                trainRows.examples(),
                validRows.map(TokenizedRows::examples).orElse(0),
                batches.truncatedRows(),
                batches.longestRow()));
        while (iteration < settings.iters()) {
            if (group.any(stopRequested.getAsBoolean())) {
                save();
                return End.STOPPED;
            }
            // mlx-lm takes the batch before it validates, and both draw from one generator.
            Batch batch = batches.next();
            validateIfDue(iteration + 1);
            if (settings.earlyStoppingPatience() > 0 && patience.since() >= settings.earlyStoppingPatience()) {
                report();
                updates.requireFiniteWeights(iteration);
                return End.OUT_OF_PATIENCE;
            }
            step(batch);
            iteration++;
            buffers.look(Scope.liveHandles());
            if (iteration % settings.stepsPerReport() == 0 || iteration == settings.iters()) {
                report();
            }
            if (iteration % settings.saveEvery() == 0) {
                save();
            }
            clearCacheIfFull();
        }
        updates.requireFiniteWeights(iteration);
        return End.COMPLETE;
    }

    private void step(Batch rows) {
        long start = System.nanoTime();
        if (settings.loraParameters().dropout() > 0) {
            try (Scope scope = Scope.open()) {
                int[] key = random.next().toInts();
                // Each process drops other inputs of its rows.
                key[1] ^= group.rank() * 0x9E3779B9;
                dropout.train(key);
            }
        }
        Updates.Outcome outcome = updates.run(iteration + 1, rows);
        trainedTokens += outcome.tokens();
        window.add(outcome.loss(), outcome.tokens(), outcome.metrics(), System.nanoTime() - start);
    }

    private void validateIfDue(int upcoming) {
        boolean due = upcoming == 1 || upcoming % settings.stepsPerEval() == 0 || upcoming == settings.iters();
        if (!due || validRows.isEmpty() || settings.valBatches() == 0) {
            return;
        }
        long start = System.nanoTime();
        dropout.evaluate();
        BatchIterator batchesOfValid = BatchIterator.evaluation(
                validRows.get(), settings.batchSize(), settings.maxSeqLength(), order, settings.valBatches());
        Judgement judgement = Judgement.of(objective, group, batchesOfValid, () -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        Best validation = new Best(iteration, judgement.loss());
        patience = patience.after(validation, settings.earlyStoppingMinDelta());
        boolean best = patience.best().equals(Optional.of(validation));
        if (best && group.isFirst()) {
            bestAdapter.write(trained, validation);
        }
        listener.accept(new TrainEvent.Validated(iteration, judgement.loss(), seconds, judgement.metrics(), best));
    }

    /** Reports what there is to report since the last time, if anything. */
    private void report() {
        if (window.count() == 0) {
            return;
        }
        Map<String, Double> metrics = new LinkedHashMap<>(window.meanMetrics());
        if (updates.scaler().dynamic()) {
            metrics.put("loss_scale", updates.scaler().value());
        }
        listener.accept(new TrainEvent.Report(
                iteration,
                window.meanLoss(),
                updates.optimizer().lastLearningRate(),
                window.iterationsPerSecond(),
                window.tokensPerSecond(),
                trainedTokens,
                Mlx.peakMemory() / GIGABYTE,
                updates.gradNorm(),
                metrics));
        window.clear();
    }

    private void save() {
        if (savedAt == iteration && iteration > 0) {
            return;
        }
        updates.requireFiniteWeights(iteration);
        Checkpoint checkpoint = new Checkpoint(spec.adapterPath(), iteration);
        if (group.isFirst()) {
            write(checkpoint);
        }
        savedAt = iteration;
        listener.accept(new TrainEvent.Saved(iteration, checkpoint.weights()));
    }

    private void write(Checkpoint checkpoint) {
        if (!ownCheckpoints) {
            Checkpoint.removeStates(spec.adapterPath());
            if (patience.best().isEmpty()) {
                bestAdapter.remove();
            }
            ownCheckpoints = true;
        }
        new AdapterFolder(spec.adapterPath()).writeWeights(trained);
        checkpoint.write(
                trained,
                updates.optimizer().moments(),
                updates.waiting(),
                new Checkpoint.State(progress(), settings.toMap()),
                settings.keepCheckpoints());
    }

    private Progress progress() {
        return new Progress(
                iteration,
                updates.optimizer().updates(),
                trainedTokens,
                window.lossSum(),
                window.metricSums(),
                window.count(),
                window.tokens(),
                updates.waitingWeight(),
                updates.gradNorm(),
                random.save(),
                order.state(),
                batches.position(),
                trainRows.examples(),
                Optional.of(updates.scaler().state()),
                Optional.of(patience));
    }

    private void goOnFrom(Checkpoint checkpoint) {
        Checkpoint.State state = checkpoint.readState();
        Progress progress = state.progress();
        SameRun.require(checkpoint, state, settings, trainRows.examples());
        AdapterFolder.loadWeights(checkpoint.weights(), trained);
        updates.optimizer().restore(checkpoint.moments(), progress.updates());
        updates.restore(checkpoint.gradients(), progress);
        random = RandomState.restore(progress.randomKey());
        order.restore(progress.order());
        batches.restore(progress.position());
        window.restore(progress.lossSum(), progress.lossCount(), progress.tokenSum(), progress.metricSums());
        trainedTokens = progress.trainedTokens();
        patience = progress.patience().orElse(Patience.FRESH);
        iteration = progress.iteration();
        savedAt = iteration;
        ownCheckpoints = true;
    }

    private void clearCacheIfFull() {
        if (settings.clearCacheThreshold() > 0 && Mlx.cacheMemory() > settings.clearCacheThreshold()) {
            Mlx.clearCache();
        }
    }
}
