package org.mlxspring.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.Substitution;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.optim.Optimizer;

/** The iterations of one run, with its validations, reports and checkpoints. */
final class TrainingLoop {

    /** Settings that may differ between a checkpoint and the run that goes on from it. */
    private static final Set<String> CHANGEABLE =
            Set.of("iters", "steps_per_report", "steps_per_eval", "val_batches", "save_every", "test_batches");

    private static final double GIGABYTE = 1e9;

    private final TrainSpec spec;
    private final TrainSettings settings;
    private final LanguageModel model;
    private final Objective objective;
    private final Map<String, Parameter> trained;
    private final Optimizer optimizer;
    private final Dropout.Step dropout;
    private final NumpyRandom order;
    private final TokenizedRows trainRows;
    private final Optional<TokenizedRows> validRows;
    private final Consumer<TrainEvent> listener;
    private final BatchIterator batches;
    private final Window window = new Window();
    private final Map<String, Array> waiting = new LinkedHashMap<>();

    private RandomState random;
    private int iteration;
    private long trainedTokens;
    private double waitingWeight;
    private double gradNorm;

    TrainingLoop(
            TrainSpec spec,
            LanguageModel model,
            Objective objective,
            Map<String, Parameter> trained,
            Optimizer optimizer,
            Dropout.Step dropout,
            RandomState random,
            NumpyRandom order,
            TokenizedRows trainRows,
            Optional<TokenizedRows> validRows,
            Consumer<TrainEvent> listener) {
        this.spec = spec;
        this.settings = spec.settings();
        this.model = model;
        this.objective = objective;
        this.trained = trained;
        this.optimizer = optimizer;
        this.dropout = dropout;
        this.random = random;
        this.order = order;
        this.trainRows = trainRows;
        this.validRows = validRows;
        this.listener = listener;
        this.batches = BatchIterator.training(trainRows, settings.batchSize(), settings.maxSeqLength(), order);
    }

    /** Iterations finished. */
    int iteration() {
        return iteration;
    }

    /**
     * Trains to the end.
     *
     * @return whether it ended early because it was asked to
     */
    boolean run(BooleanSupplier stopRequested) {
        if (spec.resume()) {
            Checkpoint.last(spec.adapterPath()).ifPresent(this::goOnFrom);
        }
        Mlx.resetPeakMemory();
        long trainable =
                trained.values().stream().mapToLong(each -> each.value().size()).sum();
        listener.accept(new TrainEvent.Started(
                iteration + 1,
                settings.iters(),
                trainable,
                settings.fineTuneType() == FineTuneType.FULL ? model.size() : model.size() - trainable,
                trainRows.size(),
                validRows.map(TokenizedRows::size).orElse(0),
                batches.truncatedRows(),
                batches.longestRow()));
        try (Gradient gradient = Gradient.of(this::loss, trained.size())) {
            while (iteration < settings.iters()) {
                if (stopRequested.getAsBoolean()) {
                    save();
                    return true;
                }
                // mlx-lm takes the batch before it validates, and both draw from one generator.
                Batch batch = batches.next();
                validateIfDue(iteration + 1);
                step(gradient, batch);
                iteration++;
                reportIfDue();
                if (iteration % settings.saveEvery() == 0) {
                    save();
                }
                clearCacheIfFull();
            }
        }
        return false;
    }

    private void step(Gradient gradient, Batch rows) {
        long start = System.nanoTime();
        if (settings.loraParameters().dropout() > 0) {
            try (Scope scope = Scope.open()) {
                dropout.train(random.next().toInts());
            }
        }
        double loss;
        int tokens;
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            Objective.Inputs batch = objective.inputs(rows);
            tokens = batch.tokens();
            List<Array> inputs = new ArrayList<>();
            trained.values().forEach(parameter -> inputs.add(parameter.value()));
            inputs.addAll(batch.arrays());
            inputs.add(Array.of(batch.weight() == 0 ? 0f : (float) (1 / batch.weight())));
            Gradient.Result result = gradient.apply(inputs);
            Array value = result.values().getFirst();
            boolean update = (iteration + 1) % settings.gradAccumulationSteps() == 0;
            List<Array> pending = new ArrayList<>(result.values());
            if (settings.gradAccumulationSteps() == 1) {
                pending.addAll(update(result.gradients(), scope));
            } else {
                pending.addAll(accumulate(result.gradients(), batch.weight(), update, scope));
            }
            Mlx.eval(pending);
            loss = value.item();
            for (String name : objective.metrics()) {
                metrics.put(
                        name, (double) result.values().get(1 + metrics.size()).item());
            }
            if (update) {
                gradNorm = pending.get(result.values().size()).item();
            }
        }
        requireFinite(loss);
        trainedTokens += tokens;
        window.add(loss, tokens, metrics, System.nanoTime() - start);
    }

    private List<Array> loss(List<Array> inputs) {
        int count = trained.size();
        return Substitution.with(List.copyOf(trained.values()), inputs.subList(0, count), () -> {
            List<Array> sums = objective.sums(inputs.subList(count, inputs.size() - 1));
            return sums.stream().map(sum -> sum.multiply(inputs.getLast())).toList();
        });
    }

    /** The gradient's norm, then everything that an update changes. */
    private List<Array> update(List<Array> gradients, Scope scope) {
        Array squares = gradients.stream()
                .map(each -> each.square().sum())
                .reduce(Array::add)
                .orElseThrow();
        List<Array> pending = new ArrayList<>();
        pending.add(squares.sqrt());
        pending.addAll(optimizer.update(trained, gradients, scope));
        return pending;
    }

    /** Adds gradients by their batches' weights, so that an update is a mean over all that was counted. */
    private List<Array> accumulate(List<Array> gradients, double weight, boolean update, Scope scope) {
        List<Array> sums = new ArrayList<>();
        int i = 0;
        for (String name : trained.keySet()) {
            Array weighted = gradients.get(i++).multiply((float) weight);
            Array before = waiting.get(name);
            sums.add(before == null ? weighted : before.add(weighted));
        }
        waitingWeight += weight;
        if (update) {
            float all = waitingWeight == 0 ? 1 : (float) waitingWeight;
            List<Array> pending =
                    update(sums.stream().map(sum -> sum.divide(all)).toList(), scope);
            waiting.values().forEach(Array::close);
            waiting.clear();
            waitingWeight = 0;
            return pending;
        }
        i = 0;
        for (String name : trained.keySet()) {
            Array before = waiting.put(name, scope.keep(sums.get(i++)));
            if (before != null) {
                before.close();
            }
        }
        return sums;
    }

    private void requireFinite(double loss) {
        if (!Double.isFinite(loss)) {
            String left = Checkpoint.last(spec.adapterPath())
                    .map(checkpoint -> "The last good checkpoint is of iteration " + checkpoint.iteration() + ", "
                            + checkpoint.weights() + ".")
                    .orElse("There is no checkpoint yet.");
            throw new TrainException("The training loss is " + loss + " at iteration " + (iteration + 1)
                    + ", so the run ended. " + left + " A lower learning_rate (now " + optimizer.learningRate()
                    + ") or a warm-up usually helps.");
        }
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
        Judgement judgement = Judgement.of(objective, batchesOfValid, () -> {});
        listener.accept(new TrainEvent.Validated(
                upcoming - 1, judgement.loss(), (System.nanoTime() - start) / 1e9, judgement.metrics()));
    }

    private void reportIfDue() {
        if (iteration % settings.stepsPerReport() != 0 && iteration != settings.iters()) {
            return;
        }
        listener.accept(new TrainEvent.Report(
                iteration,
                window.meanLoss(),
                optimizer.lastLearningRate(),
                window.iterationsPerSecond(),
                window.tokensPerSecond(),
                trainedTokens,
                Mlx.peakMemory() / GIGABYTE,
                gradNorm,
                window.meanMetrics()));
        window.clear();
    }

    private void save() {
        Checkpoint checkpoint = new Checkpoint(spec.adapterPath(), iteration);
        Progress progress = new Progress(
                iteration,
                optimizer.updates(),
                trainedTokens,
                window.lossSum(),
                window.metricSums(),
                window.count(),
                window.tokens(),
                waitingWeight,
                gradNorm,
                random.save(),
                order.state(),
                batches.position(),
                trainRows.size());
        new AdapterFolder(spec.adapterPath()).writeWeights(trained);
        checkpoint.write(trained, optimizer.moments(), waiting, new Checkpoint.State(progress, settings.toMap()));
        listener.accept(new TrainEvent.Saved(iteration, checkpoint.weights()));
    }

    private void goOnFrom(Checkpoint checkpoint) {
        Checkpoint.State state = checkpoint.readState();
        Progress progress = state.progress();
        requireSameRun(checkpoint, state);
        AdapterFolder.loadWeights(checkpoint.weights(), trained);
        optimizer.restore(checkpoint.moments(), progress.updates());
        waiting.putAll(checkpoint.gradients());
        waitingWeight = progress.accumulated();
        gradNorm = progress.gradNorm();
        random = RandomState.restore(progress.randomKey());
        order.restore(progress.order());
        batches.restore(progress.position());
        window.restore(progress.lossSum(), progress.lossCount(), progress.tokenSum(), progress.metricSums());
        trainedTokens = progress.trainedTokens();
        iteration = progress.iteration();
    }

    private void requireSameRun(Checkpoint checkpoint, Checkpoint.State state) {
        if (state.progress().trainRows() != trainRows.size()) {
            throw new IllegalArgumentException("The checkpoint " + checkpoint.weights() + " was made with "
                    + state.progress().trainRows() + " training rows, the dataset now has " + trainRows.size()
                    + ". Train into another adapter folder, or without resume.");
        }
        Map<String, Object> now = settings.toMap();
        for (Map.Entry<String, Object> then : state.settings().entrySet()) {
            Object current = now.get(then.getKey());
            if (!CHANGEABLE.contains(then.getKey())
                    && !Objects.equals(String.valueOf(then.getValue()), String.valueOf(current))) {
                throw new IllegalArgumentException("The checkpoint " + checkpoint.weights() + " was made with "
                        + then.getKey() + " " + then.getValue() + ", this run has " + current
                        + ". Use the same settings to go on from it, or another adapter folder.");
            }
        }
    }

    private void clearCacheIfFull() {
        if (settings.clearCacheThreshold() > 0 && Mlx.cacheMemory() > settings.clearCacheThreshold()) {
            Mlx.clearCache();
        }
    }
}
