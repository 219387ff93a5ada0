package org.mlxspring.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.NumberedRow;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TextRow;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.evaluate.Perplexity;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx perplexity}: how well a model foresees the tokens of some rows. */
@Command(
        name = "perplexity",
        description = {
            "Measure how well a model foresees the tokens of some rows: they are joined in random order and cut into"
                    + " sequences of one length.",
            ""
        },
        abbreviateSynopsis = true,
        sortOptions = false)
final class PerplexityCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FOLDER", required = true, description = "Folder of the model.")
    private String model = "";

    @Option(names = "--adapter-path", paramLabel = "FOLDER", description = "Folder of an adapter on it.")
    private @Nullable Path adapterPath;

    @Option(
            names = "--data-path",
            paramLabel = "PATH",
            required = true,
            description = "A file of rows (JSON lines), a text file (*.txt, one text), or a folder whose train.jsonl is"
                    + " read.")
    private Path dataPath = Path.of("");

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Sequences computed at once (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--sequence-length",
            paramLabel = "N",
            defaultValue = "512",
            description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).")
    private int sequenceLength;

    @Option(
            names = "--num-samples",
            paramLabel = "N",
            defaultValue = "256",
            description = "Most sequences; -1 for all that the rows make (default: ${DEFAULT-VALUE}).")
    private int numSamples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "123",
            description = "Seed of the order of the rows (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Override
    public Integer call() throws IOException {
        Perplexity.Settings settings = new Perplexity.Settings(sequenceLength, numSamples, batchSize, seed);
        Path folder = ModelFolder.require("--model", model);
        Path file = RowsFile.require("--data-path", dataPath, Split.TRAIN);
        PrintWriter out = spec.commandLine().getOut();
        try (Generator loaded = Generator.load(folder, Optional.ofNullable(adapterPath))) {
            TokenizedRows rows = rows(file, loaded.tokenizer());
            long start = System.nanoTime();
            Perplexity result = Perplexity.of(loaded.model(), rows, settings, done -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "Perplexity: %.3f \u00b1 %.3f%n"
                            + "Loss: %.4f%n"
                            + "Samples: %d of %d tokens, %d tokens in all%n"
                            + "Tokens per second: %.0f%n"
                            + "Peak memory: %.2f GB%n",
                    result.value(),
                    result.standardError(),
                    result.loss(),
                    result.sequences(),
                    sequenceLength,
                    result.tokens(),
                    result.sequences() * (sequenceLength - 1) / seconds,
                    Mlx.peakMemory() / 1e9);
            if (numSamples > result.sequences()) {
                out.println("The rows make no more samples; --num-samples asked for " + numSamples + ".");
            }
        }
        return 0;
    }

    private static TokenizedRows rows(Path file, Tokenizer tokenizer) throws IOException {
        RowTokenizer rows = new RowTokenizer(tokenizer, LossMask.ROW);
        if (!file.toString().endsWith(".txt")) {
            return rows.inMemory(file, RowKeys.standard());
        }
        return TokenizedRows.of(rows.tokenize(new NumberedRow(file, 1, 1, new TextRow(Files.readString(file)))));
    }
}
