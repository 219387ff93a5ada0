package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.convert.ConvertSpec;
import org.mlxspring.engine.model.convert.Converter;
import org.mlxspring.engine.model.convert.Packing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What mlx-lm computed, written by the scripts beside the files. */
final class AdapterGoldens {

    private AdapterGoldens() {}

    static JsonNode read(String file) {
        try (InputStream in = AdapterGoldens.class.getResourceAsStream("/adapter/" + file)) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model of a case: that of its fixture, or one that is made of it. */
    static Path base(JsonNode golden, Path folder) {
        Path fixture = new Fixture(golden.path("fixture").asString()).model();
        JsonNode convert = golden.path("convert");
        if (convert.isEmpty()) {
            return fixture;
        }
        Optional<DType> type = convert.has("dtype")
                ? Optional.of(DType.valueOf(convert.path("dtype").asString().toUpperCase(Locale.ROOT)))
                : Optional.empty();
        Path base = folder.resolve("base");
        Converter.run(new ConvertSpec(fixture, base, type, change(convert)));
        return base;
    }

    private static ConvertSpec.Change change(JsonNode convert) {
        if (!convert.has("mode")) {
            return new ConvertSpec.Change.None();
        }
        return quantized(
                convert.path("mode").asString(),
                convert.path("group_size").asInt(),
                convert.path("bits").asInt());
    }

    private static ConvertSpec.Change quantized(String mode, int groupSize, int bits) {
        Quantization.Mode named = Quantization.Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        return new ConvertSpec.Change.Quantize(new Packing(new Quantization(named, groupSize, bits), Optional.empty()));
    }
}
