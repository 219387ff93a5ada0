package org.mlxspring.engine.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.adapter.Adapters;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.ffi.MlxException;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.optim.Optimizer;
import org.mlxspring.engine.optim.Schedule;
import org.mlxspring.engine.text.TokenizerLoading;

/** Runs a {@link TrainSpec}: loads, trains, writes checkpoints and the adapter, and tests. */
public final class Trainer {

    private Trainer() {}

    /** Trains in this process alone; see {@link #run(TrainSpec, Group, Consumer, BooleanSupplier)}. */
    public static TrainResult run(TrainSpec spec, Consumer<TrainEvent> listener, BooleanSupplier stopRequested) {
        return run(spec, Group.alone(), listener, stopRequested);
    }

    /**
     * Trains, on the thread that owns MLX. The processes of a group share the rows of each batch, add up their gradients,
     * and so make the same weights; the first one writes them.
     *
     * @param group the processes that train together, each with this same spec
     * @param listener receives what happens, on the calling thread
     * @param stopRequested asked between iterations; once it answers true the run writes a checkpoint and ends
     * @throws org.mlxspring.engine.distributed.DistributedException if another process of the group is gone, or has
     *     another model, other settings or data
     * @throws TrainException if the loss, a gradient or a weight is no longer a number, or another run holds the adapter folder
     * @throws IllegalArgumentException if a setting cannot be used
     * @throws org.mlxspring.engine.model.ModelException if the base model cannot be used
     * @throws org.mlxspring.engine.adapter.AdapterException if adapter settings do not fit the model
     * @throws org.mlxspring.engine.data.RowException if a row is bad
     * @throws org.mlxspring.engine.data.DataException if a split is missing or empty
     */
    public static TrainResult run(
            TrainSpec spec, Group group, Consumer<TrainEvent> listener, BooleanSupplier stopRequested) {
        try {
            return train(spec, group, listener, stopRequested);
        } catch (MlxException e) {
            throw group.explain(e);
        }
    }

    private static TrainResult train(
            TrainSpec asked, Group group, Consumer<TrainEvent> listener, BooleanSupplier stopRequested) {
        requireProcesses(asked.settings(), group);
        Optimizer optimizer = optimizer(asked.settings());
        try (FolderLock lock = group.isFirst() ? FolderLock.on(asked.adapterPath()) : FolderLock.NONE;
                ActivationFile kept =
                        new ActivationFile(asked.adapterPath(), asked.settings().activationCache());
                TokenizerLoading loading = TokenizerLoading.begin(asked.model());
                Scope scope = Scope.open()) {
            MemoryCheck.requireForWeights(asked);
            LanguageModel model = ModelRegistry.load(asked.model());
            Splits splits = Splits.of(asked, loading.await());
            TokenizedRows train = splits.require(Split.TRAIN);
            TrainSpec spec = MemoryCheck.fitting(asked, train, listener);
            TrainSettings settings = spec.settings();
            requireProcesses(settings, group);
            Optional<TokenizedRows> valid = splits.find(Split.VALID);
            Optional<TokenizedRows> test = spec.test() ? Optional.of(splits.require(Split.TEST)) : Optional.empty();

            RandomState random = RandomState.seed(settings.seed());
            Dropout.Step dropout = Adapters.prepare(
                    model, settings.fineTuneType(), settings.numLayers(), settings.loraParameters(), random);
            Map<String, Parameter> trained = Adapters.trainable(model);
            spec.resumeAdapterFile().ifPresent(file -> AdapterFolder.loadWeights(file, trained));
            model.setCheckpointing(settings.gradCheckpoint());
            if (group.isFirst()) {
                writeConfig(spec);
            }

            dropout.evaluate();
            List<TokenizedRows> compared = Stream.of(Optional.of(train), valid, test)
                    .flatMap(Optional::stream)
                    .toList();
            group.requireSame(Facts.of(spec, model, trained, compared));
            Objective objective = Objective.of(
                    settings,
                    model,
                    FrozenLayers.of(model, kept),
                    () -> ReferenceFile.completed(spec, group, model, compared, listener, stopRequested));
            requireValidation(spec, valid);
            long total = settings.fineTuneType() == FineTuneType.FULL ? model.size() : model.size() - sizeOf(trained);
            NumpyRandom order = new NumpyRandom(settings.seed());
            Updates updates = new Updates(spec, objective, group, trained, optimizer);
            TrainingLoop loop = new TrainingLoop(
                    spec, objective, group, trained, updates, dropout, random, order, train, valid, listener);
            TrainingLoop.End end = loop.run(total, stopRequested);
            boolean stopped = end == TrainingLoop.End.STOPPED;
            Optional<Best> best = stopped || settings.earlyStoppingPatience() == 0 ? Optional.empty() : loop.best();
            if (best.isPresent()) {
                takeBest(new BestAdapter(spec.adapterPath()), group, trained);
            }
            if (group.isFirst()) {
                new AdapterFolder(spec.adapterPath()).writeWeights(trained);
            }
            dropout.evaluate();
            OptionalDouble testLoss = OptionalDouble.empty();
            if (!stopped && test.isPresent()) {
                TrainEvent.Tested tested = Tester.test(objective, group, test.get(), settings, order);
                listener.accept(tested);
                testLoss = OptionalDouble.of(tested.testLoss());
            }
            listener.accept(new TrainEvent.Finished(loop.iteration(), stopped, best));
            return new TrainResult(loop.iteration(), stopped, testLoss);
        }
    }

    private static Optimizer optimizer(TrainSettings settings) {
        Schedule schedule =
                settings.lrSchedule().map(Schedule::of).orElseGet(() -> Schedule.constant(settings.learningRate()));
        return Optimizer.of(settings.optimizer(), schedule, rateFactor(settings));
    }

    private static void requireProcesses(TrainSettings settings, Group group) {
        if (settings.processes() != 1 && settings.processes() != group.size()) {
            throw new IllegalArgumentException("processes is " + settings.processes() + ", but this run has "
                    + group.size() + (group.size() == 1 ? " process" : " processes")
                    + "; several need an engine in processes of its own (mlx.engine.mode: process).");
        }
        if (settings.batchSize() % group.size() != 0) {
            throw new IllegalArgumentException("batch_size is " + settings.batchSize() + ", which " + group.size()
                    + " processes cannot share evenly; it must be a multiple of their number.");
        }
    }

    /** The best weights are in the folder of the first process, which others may not see. */
    private static void takeBest(BestAdapter best, Group group, Map<String, Parameter> trained) {
        if (group.isFirst()) {
            best.load(trained);
        }
        List<Parameter> parameters = List.copyOf(trained.values());
        List<Array> values =
                group.ofFirst(parameters.stream().map(Parameter::value).toList());
        Mlx.eval(values);
        for (int i = 0; i < values.size(); i++) {
            parameters.get(i).set(values.get(i));
        }
    }

    /** LoRA+ learns the second matrix of an adapter faster than the first. */
    private static ToDoubleFunction<String> rateFactor(TrainSettings settings) {
        return name -> name.endsWith("lora_b") ? settings.loraplusLrRatio() : 1;
    }

    private static void requireValidation(TrainSpec spec, Optional<TokenizedRows> valid) {
        if (spec.settings().earlyStoppingPatience() > 0 && valid.isEmpty()) {
            throw new IllegalArgumentException("early_stopping_patience is "
                    + spec.settings().earlyStoppingPatience() + ", but "
                    + spec.data().folder()
                    + " has no rows to validate on (valid.jsonl); add some, or set early_stopping_patience to 0.");
        }
    }

    private static long sizeOf(Map<String, Parameter> parameters) {
        return parameters.values().stream()
                .mapToLong(parameter -> parameter.value().size())
                .sum();
    }

    /** As mlx-lm does: the settings of the run beside its weights, those of the adapter in terms that mlx-lm has. */
    private static void writeConfig(TrainSpec spec) {
        Map<String, Object> config = new LinkedHashMap<>(spec.settings().toMap());
        config.put(
                "lora_parameters",
                SettingsWriter.lora(spec.settings().loraParameters().withEffectiveScale()));
        config.put("model", spec.model().toString());
        config.put("data", spec.data().folder().toString());
        config.put("adapter_path", spec.adapterPath().toString());
        config.put("train", true);
        config.put("test", spec.test());
        new AdapterFolder(spec.adapterPath()).writeConfig(config);
    }
}
