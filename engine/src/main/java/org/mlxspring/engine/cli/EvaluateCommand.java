package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.evaluate.AnswerSettings;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.EvaluateSpec.Contender;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.evaluate.Evaluator;
import org.mlxspring.engine.generate.SamplerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx evaluate}: judges a model and adapters of it on a file of rows. */
@Command(
        name = "evaluate",
        description = {
            "Judge a model, and adapters beside it, on a file of rows: loss, and the answers they give against the rows'"
                    + " own.",
            "",
            "Each metric stands with the interval that 95 of 100 resamplings of the rows fall into, and an adapter also"
                    + " with its lead over the base model.",
            ""
        },
        abbreviateSynopsis = true,
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    private static final String BASE = "base";

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FOLDER", required = true, description = "Folder of the base model.")
    private String model = "";

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            description = "Folder of an adapter on it; may be given several times.")
    private List<Path> adapterPaths = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "PATH",
            required = true,
            description = "A file of rows (JSON lines), or a folder whose test.jsonl is read.")
    private Path data = Path.of("");

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Answer only the first rows, 0 for the loss alone (default: all that have an answer).")
    private @Nullable Integer limit;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Longest answer in tokens (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Rows computed at once (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--max-seq-length",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Tokens after which a row is cut for the loss (default: ${DEFAULT-VALUE}).")
    private int maxSeqLength;

    @Option(names = "--mask-prompt", description = "Leave prompts out of the loss, as in training with that flag.")
    private boolean maskPrompt;

    @Option(
            names = "--loss-mask",
            paramLabel = "MASK",
            description = "What the loss counts: row, prompt (the same as --mask-prompt) or assistant (default: row).")
    private @Nullable String lossMask;

    @Option(
            names = "--temp",
            paramLabel = "X",
            defaultValue = "0",
            description = "Temperature; 0 always takes the most likely token (default: 0).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "X",
            defaultValue = "1",
            description = "Keep the most likely tokens until their probabilities add up to this (default: 1, all).")
    private double topP;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "0",
            description = "Keep this many of the most likely tokens (default: 0, all).")
    private int topK;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "123",
            description = "Seed of the draws of tokens and of the resamplings (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--bootstrap-samples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How often rows are drawn again for an interval (default: ${DEFAULT-VALUE}).")
    private int bootstrapSamples;

    @Mixin
    private ChatTemplateConfig templateConfig = new ChatTemplateConfig();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "Also write every row's answers and scores to this file; it holds row text.")
    private @Nullable Path predictions;

    @Mixin
    private UnsupportedEvaluation unsupported = new UnsupportedEvaluation();

    private LossMask mask() {
        LossMask mask = lossMask == null ? LossMask.ROW : LossMask.of(lossMask);
        if (maskPrompt && lossMask != null && mask != LossMask.PROMPT) {
            throw new UsageException(
                    "--mask-prompt is --loss-mask prompt, but --loss-mask is " + lossMask + "; give one of the two.");
        }
        return maskPrompt ? LossMask.PROMPT : mask;
    }

    @Override
    public Integer call() {
        unsupported.refuse();
        Path folder = ModelFolder.require("--model", model);
        Path rows = RowsFile.require("--data", data, Split.TEST);
        if (maxTokens < 1) {
            throw new UsageException("--max-tokens is " + maxTokens + "; it must be at least 1.");
        }
        if (limit != null && limit < 0) {
            throw new UsageException("--limit is " + limit + "; it must be at least 0.");
        }
        EvaluateSpec asked = new EvaluateSpec(
                folder,
                contenders(),
                RowFile.plain(rows),
                mask(),
                batchSize,
                maxSeqLength,
                limit == null ? Integer.MAX_VALUE : limit,
                maxTokens,
                Optional.ofNullable(predictions).map(RowFile::plain),
                new AnswerSettings(
                        new SamplerSettings(temperature, topP, 0, 1, topK, Optional.empty(), seed),
                        templateConfig.variables(),
                        batchSize,
                        bootstrapSamples,
                        seed));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Evaluation evaluation = Evaluator.run(asked, new EvaluationProgress(err), () -> false);
        if (json != null) {
            EvaluationJson.write(json, asked, evaluation);
        }
        EvaluationTable.print(out, evaluation);
        out.flush();
        return 0;
    }

    /** The base model, then the adapters under the names of their folders. */
    private List<Contender> contenders() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(BASE, new Contender(BASE, Optional.empty()));
        for (Path path : adapterPaths) {
            if (!Files.isDirectory(path)) {
                throw new UsageException("--adapter-path " + path + ": there is no such folder.");
            }
            Path last = path.toAbsolutePath().normalize().getFileName();
            String name = last == null || contenders.containsKey(last.toString()) ? path.toString() : last.toString();
            if (contenders.put(name, new Contender(name, Optional.of(path))) != null) {
                throw new UsageException("--adapter-path " + path + " is given twice.");
            }
        }
        return List.copyOf(contenders.values());
    }
}
