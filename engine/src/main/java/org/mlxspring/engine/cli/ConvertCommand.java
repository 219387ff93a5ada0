package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Quantization.Mode;
import org.mlxspring.engine.model.convert.Conversion;
import org.mlxspring.engine.model.convert.ConvertSpec;
import org.mlxspring.engine.model.convert.ConvertSpec.Change;
import org.mlxspring.engine.model.convert.Converter;
import org.mlxspring.engine.model.convert.MixedRecipe;
import org.mlxspring.engine.model.convert.Packing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx convert}: makes a model folder of another one. */
@Command(
        name = "convert",
        description = {
            "Write a model of Hugging Face or of mlx-lm as a new model folder: under mlx-lm's names, in another type,"
                    + " quantized or not.",
            ""
        },
        abbreviateSynopsis = true,
        sortOptions = false)
final class ConvertCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"--model", "--hf-path"},
            paramLabel = "FOLDER",
            required = true,
            description = "Folder of the model to convert.")
    private String model = "";

    @Option(
            names = "--mlx-path",
            paramLabel = "FOLDER",
            defaultValue = "mlx_model",
            description = "New folder for the result; it must not exist (default: ${DEFAULT-VALUE}).")
    private Path mlxPath = Path.of("");

    @Option(
            names = {"-q", "--quantize"},
            description = "Quantize the model.")
    private boolean quantize;

    @Option(
            names = "--q-group-size",
            paramLabel = "N",
            description = "Weights that share a scale: 32, 64 or 128 (default: 64; mxfp4 and mxfp8 32, nvfp4 16).")
    private Optional<Integer> groupSize = Optional.empty();

    @Option(
            names = "--q-bits",
            paramLabel = "N",
            description = "Bits of a weight: 2, 3, 4, 5, 6 or 8 (default: 4; mxfp8 8).")
    private Optional<Integer> bits = Optional.empty();

    @Option(
            names = "--q-mode",
            paramLabel = "MODE",
            defaultValue = "affine",
            description = "What the bits mean: affine, mxfp4, mxfp8 or nvfp4 (default: ${DEFAULT-VALUE}).")
    private String mode = "";

    @Option(
            names = "--quant-predicate",
            paramLabel = "RECIPE",
            description =
                    "Give some layers more bits: mixed_2_6, mixed_3_4, mixed_3_6 or mixed_4_6 (few bits, then many).")
    private @Nullable String recipe;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "Type of weights that are not quantized: float16, bfloat16 or float32"
                    + " (default: torch_dtype of config.json, else the one they have).")
    private @Nullable String dtype;

    @Option(
            names = {"-d", "--dequantize"},
            description = "Write a quantized model without quantization.")
    private boolean dequantize;

    @Option(names = "--upload-repo", paramLabel = "NAME", description = "Refused: nothing leaves this machine.")
    private @Nullable String uploadRepo;

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Override
    public Integer call() {
        if (uploadRepo != null) {
            throw new UsageException("--upload-repo is not supported: nothing leaves this machine. Convert without it,"
                    + " then upload with: hf upload " + uploadRepo + " " + mlxPath);
        }
        PrintWriter out = spec.commandLine().getOut();
        ConvertSpec wanted = new ConvertSpec(
                ModelFolder.require("--model", model),
                mlxPath,
                Optional.ofNullable(dtype).map(ConvertCommand::type),
                change());
        if (!quantize && (bits.isPresent() || groupSize.isPresent() || recipe != null || !mode.equals("affine"))) {
            out.println("Without -q the model is not quantized: the other flags of quantization have no effect.");
        }
        out.println("Converting " + wanted.source() + ".");
        Conversion done = Converter.run(wanted);
        done.dtype()
                .ifPresent(type -> out.println("Used the type " + type.name().toLowerCase(Locale.ROOT) + "."));
        if (quantize) {
            out.println("Quantized the model with %.3f bits per weight.".formatted(done.bitsPerWeight()));
        }
        out.println("Saved the model to " + mlxPath + ": " + String.join(", ", done.files()) + ".");
        return 0;
    }

    private Change change() {
        if (quantize && dequantize) {
            throw new UsageException("-q and -d exclude each other: choose to quantize or to dequantize.");
        }
        if (quantize) {
            try {
                return new Change.Quantize(Packing.of(
                        Mode.of(mode),
                        groupSize,
                        bits,
                        Optional.ofNullable(recipe).map(ConvertCommand::recipe)));
            } catch (IllegalArgumentException e) {
                throw new UsageException("The flags of quantization do not fit together: " + e.getMessage());
            }
        }
        return dequantize ? new Change.Dequantize() : new Change.None();
    }

    private static MixedRecipe recipe(String name) {
        for (MixedRecipe recipe : MixedRecipe.values()) {
            if (recipe.settingName().equals(name)) {
                return recipe;
            }
        }
        throw new UsageException(
                "--quant-predicate is '" + name + "'; it must be mixed_2_6, mixed_3_4, mixed_3_6 or mixed_4_6.");
    }

    private static DType type(String name) {
        return switch (name) {
            case "float16" -> DType.FLOAT16;
            case "bfloat16" -> DType.BFLOAT16;
            case "float32" -> DType.FLOAT32;
            default -> throw new UsageException("--dtype is '" + name + "'; it must be float16, bfloat16 or float32.");
        };
    }
}
