package org.mlxspring.engine.model.convert;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.ModelWriter;
import org.mlxspring.engine.nn.Parameter;

/**
 * Makes a model folder of another one: mlx-lm's names for the weights, another type, packed or unpacked. Weights are
 * read, computed and written one after another; a file of the result and one layer of the source are in memory at once.
 */
public final class Converter {

    private static final List<DType> TYPES = List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32);

    private Converter() {}

    /**
     * Converts; the target appears complete or not at all.
     *
     * @throws ModelException if the source cannot be read or the target exists
     */
    public static Conversion run(ConvertSpec spec) {
        if (Files.exists(spec.target())) {
            throw new ModelException(
                    "The folder " + spec.target()
                            + " exists already. A conversion never writes over a model: name a new folder, or remove this one.");
        }
        ModelConfig config = ModelConfig.read(spec.source());
        Optional<DType> type = spec.dtype().or(() -> declared(config));
        try (Scope results = Scope.open()) {
            LanguageModel model;
            ModelConfig converted;
            // Closed before anything is computed, so that a tensor of the source lives no longer than what needs it.
            try (Scope sources = Scope.open()) {
                model = ModelRegistry.load(spec.source());
                type.ifPresent(wanted -> cast(model, wanted));
                converted = switch (spec.change()) {
                    case ConvertSpec.Change.None none -> config;
                    case ConvertSpec.Change.Quantize quantize -> LayerPacker.pack(model, config, quantize.packing());
                    case ConvertSpec.Change.Dequantize dequantize -> LayerPacker.unpack(model, config);
                };
                model.parameters().values().forEach(parameter -> sources.keep(parameter.value()));
            }
            double bits = bitsPerWeight(model);
            return new Conversion(ModelWriter.writeAndFree(model, converted, spec.source(), spec.target()), type, bits);
        }
    }

    /** As in mlx-lm: {@code torch_dtype}, or {@code dtype} of a text model inside another one. */
    private static Optional<DType> declared(ModelConfig config) {
        return config.text("torch_dtype")
                .or(() -> config.object("text_config").flatMap(text -> text.text("dtype")))
                .flatMap(name -> TYPES.stream()
                        .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                        .findFirst());
    }

    private static void cast(LanguageModel model, DType type) {
        for (Parameter parameter : model.parameters().values()) {
            if (parameter.value().dtype().isFloating()) {
                parameter.set(parameter.value().astype(type));
            }
        }
    }

    private static double bitsPerWeight(LanguageModel model) {
        long bytes = model.parameters().values().stream()
                .mapToLong(parameter -> parameter.value().bytes())
                .sum();
        return 8.0 * bytes / model.size();
    }
}
