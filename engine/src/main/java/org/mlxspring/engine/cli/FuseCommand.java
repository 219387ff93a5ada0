package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.adapter.Fuser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx fuse}: adds an adapter to its base model. */
@Command(
        name = "fuse",
        description = "Add an adapter to its base model, and write the result as a model folder.",
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

    @Option(names = "--export-gguf", description = "Refused; convert the fused model with llama.cpp.")
    private boolean exportGguf;

    @Option(names = "--gguf-path", paramLabel = "FILE", description = "Refused, as --export-gguf is.")
    private @Nullable String ggufPath;

    @Option(names = "--upload-repo", paramLabel = "NAME", description = "Refused: nothing leaves this machine.")
    private @Nullable String uploadRepo;

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Override
    public Integer call() throws Exception {
        if (exportGguf || ggufPath != null) {
            throw new UsageException("--export-gguf is not supported: fuse without it, then convert " + savePath
                    + " with convert_hf_to_gguf.py of llama.cpp.");
        }
        if (uploadRepo != null) {
            throw new UsageException("--upload-repo is not supported: nothing leaves this machine. Fuse without it,"
                    + " then upload with: hf upload " + uploadRepo + " " + savePath);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Loading pretrained model");
        List<String> files =
                Fuser.run(new FuseSpec(ModelFolder.require("--model", model), adapterPath, savePath, dequantize));
        out.println("Saved the fused model to " + savePath + ": " + String.join(", ", files) + ".");
        return 0;
    }
}
