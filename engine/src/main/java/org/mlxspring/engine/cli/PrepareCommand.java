package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.data.DataFolder;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenFolder;
import org.mlxspring.engine.data.TokenStore;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx prepare}: rows to token stores, without training. */
@Command(
        name = "prepare",
        description = {
            "Tokenize the splits of a data folder once, with their loss masks, into token stores on disk. A store that was"
                    + " made from the same rows, tokenizer, chat template and mask is kept.",
            ""
        },
        abbreviateSynopsis = true,
        sortOptions = false)
final class PrepareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FOLDER", required = true, description = "Folder of the model.")
    private String model = "";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder with train.jsonl, valid.jsonl and test.jsonl; those that are there are read.")
    private Path data = Path.of("");

    @Option(
            names = "--tokens",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder for train.tokens, valid.tokens and test.tokens.")
    private Path tokens = Path.of("");

    @Option(names = "--mask-prompt", description = "The same as --loss-mask prompt.")
    private boolean maskPrompt;

    @Option(
            names = "--loss-mask",
            paramLabel = "MASK",
            description = "What of a row is learned: row, prompt or assistant (default: row).")
    private @Nullable String lossMask;

    @Option(
            names = "--train-mode",
            paramLabel = "MODE",
            defaultValue = "sft",
            description = "What the rows are for: sft, or dpo and orpo for preferences (default: ${DEFAULT-VALUE}).")
    private String trainMode = "sft";

    @Override
    public Integer call() {
        Path folder = ModelFolder.withTokenizer("--model", model);
        DataFolder rows = new DataFolder(data);
        TokenFolder stores = new TokenFolder(tokens);
        PrintWriter out = spec.commandLine().getOut();
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            RowTokenizer rowTokenizer = rowTokenizer(tokenizer);
            // The file that has to be there, so that an empty folder is refused.
            rows.require(
                    Arrays.stream(Split.values()).filter(rows::has).findFirst().orElse(Split.TRAIN));
            for (Split split : Split.values()) {
                if (rows.has(split)) {
                    prepare(split, rows, stores, rowTokenizer, out);
                }
            }
        }
        return 0;
    }

    private static void prepare(
            Split split, DataFolder rows, TokenFolder stores, RowTokenizer rowTokenizer, PrintWriter out) {
        long start = System.nanoTime();
        TokenStore store = rowTokenizer.stored(rows.file(split), RowKeys.standard(), stores.file(split));
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s: %d rows, %d tokens, %.2f seconds, %.0f rows per second%n",
                stores.file(split),
                store.examples(),
                store.tokens(),
                seconds,
                store.examples() / seconds);
        out.flush();
    }

    private RowTokenizer rowTokenizer(Tokenizer tokenizer) {
        return switch (trainMode) {
            case "sft" -> new RowTokenizer(tokenizer, mask());
            case "dpo", "orpo" -> RowTokenizer.ofPreferences(tokenizer);
            default -> throw new UsageException("--train-mode is " + trainMode + "; it must be sft, dpo or orpo.");
        };
    }

    private LossMask mask() {
        if (lossMask == null) {
            return maskPrompt ? LossMask.PROMPT : LossMask.ROW;
        }
        LossMask named = LossMask.of(lossMask);
        if (maskPrompt && named != LossMask.PROMPT) {
            throw new UsageException("--mask-prompt and --loss-mask " + lossMask + " contradict each other; give one.");
        }
        return named;
    }
}
