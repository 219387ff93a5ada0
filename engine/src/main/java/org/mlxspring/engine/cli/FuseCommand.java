package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.adapter.CheckReport;
import org.mlxspring.engine.adapter.CheckSpec;
import org.mlxspring.engine.adapter.FuseResult;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.adapter.Fuser;
import org.mlxspring.engine.adapter.GgufTarget;
import org.mlxspring.engine.adapter.gguf.GgufType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx fuse}: adds an adapter to its base model. */
@Command(
        name = "fuse",
        description = "Add an adapter to its base model, and write the result as a model folder, and as GGUF if asked.",
        abbreviateSynopsis = true,
        sortOptions = false)
final class FuseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            defaultValue = "mlx_model",
            description = "Folder of the base model (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
            names = "--save-path",
            paramLabel = "FOLDER",
            defaultValue = "fused_model",
            description = "Folder that receives the fused model (default: ${DEFAULT-VALUE}).")
    private Path savePath = Path.of("");

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            defaultValue = "adapters",
            description = "Folder of the adapter (default: ${DEFAULT-VALUE}).")
    private Path adapterPath = Path.of("");

    @Option(names = "--dequantize", description = "Write a quantized model without quantization.")
    private boolean dequantize;

    @Option(names = "--export-gguf", description = "Write a GGUF file for llama.cpp and Ollama too, with a Modelfile.")
    private boolean exportGguf;

    @Option(
            names = "--gguf-path",
            paramLabel = "FILE",
            description = "The GGUF file, in the folder of the fused model unless absolute (default:"
                    + " ggml-model-f16.gguf, or with the name of the type).")
    private @Nullable String ggufPath;

    @Option(
            names = "--gguf-type",
            paramLabel = "TYPE",
            defaultValue = "f16",
            description = "How the GGUF file stores matrices: f16, bf16 or q8_0 (default: ${DEFAULT-VALUE}).")
    private String ggufType = "";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Folder with valid.jsonl or test.jsonl, whose rows the result is checked with (default: the one"
                            + " that the adapter was trained with).")
    private @Nullable Path data;

    @Option(
            names = "--check-rows",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many rows the result is checked with (default: ${DEFAULT-VALUE}).")
    private int checkRows;

    @Option(
            names = "--max-kl",
            paramLabel = "NATS",
            description = "Refuse a result whose mean KL divergence per token from base and adapter is larger (default:"
                    + " 0.01; 0.1 for a quantized model and q8_0, 1 below 4 bits).")
    private @Nullable Double maxKl;

    @Option(names = "--upload-repo", paramLabel = "NAME", description = "Refused: nothing leaves this machine.")
    private @Nullable String uploadRepo;

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Override
    public Integer call() throws Exception {
        if (uploadRepo != null) {
            throw new UsageException("--upload-repo is not supported: nothing leaves this machine. Fuse without it,"
                    + " then upload with: hf upload " + uploadRepo + " " + savePath);
        }
        Optional<GgufTarget> gguf = gguf();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Loading pretrained model");
        FuseResult result = Fuser.run(new FuseSpec(
                ModelFolder.require("--model", model),
                adapterPath,
                savePath,
                dequantize,
                gguf,
                new CheckSpec(Optional.ofNullable(data), checkRows, Optional.ofNullable(maxKl))));
        for (CheckReport report : result.checks()) {
            out.println((report.result().equals("gguf") ? "The GGUF file" : "The fused model")
                    + " against base and adapter: " + report.text() + ".");
        }
        if (result.checks().isEmpty()) {
            out.println("The result was not compared with base and adapter: there are no rows to do it with."
                    + " Name a folder with valid.jsonl or test.jsonl by --data to have it done.");
        }
        out.println("Saved the fused model to " + savePath + ": " + String.join(", ", result.files()) + ".");
        gguf.map(target -> savePath.resolve(target.file()))
                .ifPresent(file -> out.println("Saved the GGUF file to " + file + ", with a Modelfile beside it."));
        return 0;
    }

    private Optional<GgufTarget> gguf() {
        if (!exportGguf && ggufPath == null) {
            return Optional.empty();
        }
        GgufType type = GgufType.of(ggufType);
        return Optional.of(
                new GgufTarget(ggufPath == null ? "ggml-model-" + type.settingName() + ".gguf" : ggufPath, type));
    }
}
