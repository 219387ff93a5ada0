package org.mlxspring.engine.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.adapter.PeftWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx export-peft}: writes an adapter for Hugging Face's PEFT. */
@Command(
        name = "export-peft",
        description = "Write an adapter as Hugging Face's PEFT reads it. Folders of PEFT can be used as they are.",
        abbreviateSynopsis = true,
        sortOptions = false)
final class ExportPeftCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            defaultValue = "adapters",
            description = "Folder of the adapter (default: ${DEFAULT-VALUE}).")
    private Path adapterPath = Path.of("");

    @Option(
            names = "--save-path",
            paramLabel = "FOLDER",
            defaultValue = "peft_adapter",
            description = "Folder that receives the adapter for PEFT (default: ${DEFAULT-VALUE}).")
    private Path savePath = Path.of("");

    @Override
    public Integer call() {
        int modules = PeftWriter.write(new AdapterFolder(adapterPath), savePath);
        spec.commandLine()
                .getOut()
                .println("Saved the adapter of " + modules + " modules to " + savePath
                        + ": adapter_config.json, adapter_model.safetensors.");
        return 0;
    }
}
