package org.mlxspring.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.ByteSize;
import org.mlxspring.engine.array.MachineMemory;
import org.mlxspring.engine.distributed.Host;
import org.mlxspring.engine.distributed.Hostfile;
import org.mlxspring.engine.distributed.Place;
import org.mlxspring.engine.train.Tester;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSpec;
import org.mlxspring.engine.worker.GroupTraining;
import org.mlxspring.engine.worker.WorkerHosts;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx lora}: trains an adapter or all weights, and judges the test split. */
@Command(
        name = "lora",
        description = "Fine-tune a model on rows of your own, and judge it on the test split.",
        abbreviateSynopsis = true,
        sortOptions = false,
        footer = {
            "",
            "Flags win over the file of --config, the file wins over the defaults. The file takes every flag by its name"
                    + " with underscores, and lora_parameters (rank, scale, dropout, keys, use_rslora), lr_schedule (name, arguments,"
                    + " warmup, warmup_init) and optimizer_config."
        })
final class LoraCommand implements Callable<Integer> {

    /** Flags of this command line alone; all others are settings, by their names with underscores. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "--config",
            "--metrics",
            "--resume",
            "--estimate",
            "--memory-limit",
            "--hostfile",
            "--remote-command",
            "--help",
            "--debug");

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FOLDER", description = "Folder of the base model.")
    private @Nullable String model;

    @Option(names = "--train", description = "Train.")
    private @Nullable Boolean train;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Folder with train.jsonl, valid.jsonl and test.jsonl.")
    private @Nullable String data;

    @Option(names = "--fine-tune-type", paramLabel = "TYPE", description = "lora, dora or full (default: lora).")
    private @Nullable String fineTuneType;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "adam, adamw, muon, sgd or adafactor (default: adam).")
    private @Nullable String optimizer;

    @Option(names = "--mask-prompt", description = "Learn only the answers: leave prompts out of the loss.")
    private @Nullable Boolean maskPrompt;

    @Option(
            names = "--num-layers",
            paramLabel = "N",
            description = "Layers to train, counted from the last; -1 for all (default: 16).")
    private @Nullable Integer numLayers;

    @Option(names = "--batch-size", paramLabel = "N", description = "Rows per iteration (default: 4).")
    private @Nullable Integer batchSize;

    @Option(names = "--iters", paramLabel = "N", description = "Iterations (default: 1000).")
    private @Nullable Integer iters;

    @Option(
            names = "--val-batches",
            paramLabel = "N",
            description = "Batches per validation; -1 for the whole split (default: 25).")
    private @Nullable Integer valBatches;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Learning rate (default: 1e-5).")
    private @Nullable Double learningRate;

    @Option(names = "--steps-per-report", paramLabel = "N", description = "Iterations per report (default: 10).")
    private @Nullable Integer stepsPerReport;

    @Option(names = "--steps-per-eval", paramLabel = "N", description = "Iterations per validation (default: 200).")
    private @Nullable Integer stepsPerEval;

    @Option(
            names = "--grad-accumulation-steps",
            paramLabel = "N",
            description = "Iterations per update of the weights (default: 1).")
    private @Nullable Integer gradAccumulationSteps;

    @Option(
            names = "--resume-adapter-file",
            paramLabel = "FILE",
            description = "Weights of an adapter to start from. For all of a run's state, see --resume.")
    private @Nullable String resumeAdapterFile;

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            description = "Folder of the adapter (default: adapters). Empty with --test alone: judge the base model.")
    private @Nullable String adapterPath;

    @Option(names = "--save-every", paramLabel = "N", description = "Iterations per checkpoint (default: 100).")
    private @Nullable Integer saveEvery;

    @Option(names = "--test", description = "Judge the test split, after training if there is any.")
    private @Nullable Boolean test;

    @Option(
            names = "--test-batches",
            paramLabel = "N",
            description = "Batches of the test; -1 for the whole split (default: 500).")
    private @Nullable Integer testBatches;

    @Option(
            names = "--max-seq-length",
            paramLabel = "N",
            description = "Tokens after which a row is cut (default: 2048).")
    private @Nullable Integer maxSeqLength;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file with settings.")
    private @Nullable Path config;

    @Option(names = "--grad-checkpoint", description = "Save memory: compute activations again in the backward pass.")
    private @Nullable Boolean gradCheckpoint;

    @Option(
            names = "--clear-cache-threshold",
            paramLabel = "SIZE",
            description = "Size of MLX's cache above which it is cleared, such as 500MB (default: 0).")
    private @Nullable String clearCacheThreshold;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random (default: 0).")
    private @Nullable Long seed;

    @ArgGroup(exclusive = false, heading = "%nWhat mlx-lm does not have:%n", order = 100)
    private @Nullable TrainingOptions beyondMlxLm;

    @Option(names = "--metrics", paramLabel = "FILE", description = "Append each report as a JSON line.")
    private @Nullable Path metrics;

    @Option(names = "--resume", description = "Go on from the last checkpoint in the adapter folder, if there is one.")
    private boolean resume;

    @Option(names = "--estimate", description = "Print what the run needs of the memory, and end.")
    private boolean estimate;

    @Option(
            names = "--memory-limit",
            paramLabel = "SIZE",
            description = "Memory that arrays may fill, such as 8GB (default: nine tenths of the machine's).")
    private @Nullable String memoryLimit;

    @Option(
            names = "--hostfile",
            paramLabel = "FILE",
            description =
                    "Hosts to train on, a process on each, as mlx.launch reads them: [{\"ssh\": …, \"ips\": […]}, …].")
    private @Nullable Path hostfile;

    @Option(
            names = "--remote-command",
            paramLabel = "COMMAND",
            description =
                    "What starts the engine on the other hosts, such as '/opt/mlx/engine/bin/mlx worker' (default: the"
                            + " same Java and files as here).")
    private @Nullable String remoteCommand;

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Option(names = "--report-to", paramLabel = "SERVICE", description = "Refused; use --metrics.")
    private @Nullable String reportTo;

    @Option(names = "--project-name", paramLabel = "NAME", description = "Without effect.")
    private @Nullable String projectName;

    @Override
    public Integer call() throws IOException {
        Optional<Place> place = Place.of(System.getenv());
        // Of several processes that were started by hand, one reports.
        boolean reports = place.isEmpty() || place.get().rank() == 0;
        PrintWriter out = reports ? spec.commandLine().getOut() : new PrintWriter(Writer.nullWriter());
        List<Host> hosts = hostfile == null ? List.of() : Hostfile.read(hostfile);
        Map<String, Object> file = new HashMap<>(config == null ? Map.of() : YamlFile.read(config));
        if (!hosts.isEmpty()) {
            file.putIfAbsent("processes", hosts.size());
        }
        LoraConfiguration configuration = LoraConfiguration.of(file, givenSettings());
        if (memoryLimit != null) {
            System.setProperty(MachineMemory.LIMIT, Long.toString(ByteSize.parse("--memory-limit", memoryLimit)));
        }
        if (estimate) {
            out.print(MemoryReport.of(configuration.trainSpec(resume)));
            out.flush();
            return 0;
        }
        ProgressBar bar = new ProgressBar(out, ProgressBar.atTerminal());
        TrainingReport report =
                new TrainingReport(bar, configuration.adapterPath().orElse(Path.of("")));
        try (MetricsFile measures = metrics == null || !reports ? null : new MetricsFile(metrics)) {
            Consumer<TrainEvent> listener = measures == null ? report : report.andThen(measures::write);
            if (configuration.train()) {
                Interrupt interrupt = new Interrupt(spec.commandLine().getErr());
                TrainSpec training = configuration.trainSpec(resume);
                if (place.isEmpty() && training.settings().processes() > 1) {
                    WorkerHosts where = WorkerHosts.of(hosts, Optional.ofNullable(remoteCommand));
                    new LaunchedTraining(where, interrupt).run(training, listener);
                } else {
                    GroupTraining.run(training, place, listener, interrupt, this::endLost);
                }
            } else {
                listener.accept(Tester.run(
                        configuration.model(),
                        configuration.adapterPath(),
                        configuration.data(),
                        configuration.settings()));
            }
        } finally {
            bar.end();
        }
        return report.stopped() ? Interrupt.EXIT_CODE : 0;
    }

    /** This process waits in MLX for one that is gone, and can do nothing but end. */
    private void endLost(String reason) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.qualifiedName() + ": " + reason);
        err.flush();
        Runtime.getRuntime().halt(Failures.FAILED);
    }

    private Map<String, Object> givenSettings() {
        Map<String, Object> given = new LinkedHashMap<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptionsSet()) {
            if (!NO_SETTINGS.contains(option.longestName()) && option.getValue() != null) {
                given.put(option.longestName().substring(2).replace('-', '_'), option.getValue());
            }
        }
        return new HashMap<>(given);
    }
}
