package org.mlxspring.engine.optim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What make_optimizers.py wrote. */
final class Goldens {

    static final int STEPS = 24;

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode ROOT = root();
    private static final Map<String, float[]> VALUES = new LinkedHashMap<>();
    private static final Map<String, int[]> SHAPES = new LinkedHashMap<>();

    static {
        loadTensors();
    }

    private Goldens() {}

    static JsonNode cases() {
        return ROOT.path("cases");
    }

    static JsonNode schedules() {
        return ROOT.path("schedules");
    }

    static ScheduleSettings scheduleSettings(JsonNode config) {
        return new ScheduleSettings(
                config.path("name").asString(),
                config.path("arguments").valueStream().map(JsonNode::asDouble).toList(),
                config.path("warmup").asInt(0),
                config.path("warmup_init").asDouble(0));
    }

    /** The parameters at the start, in the current scope. */
    static Map<String, Parameter> parameters(DType type) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String name : names()) {
            Array value = Array.of(VALUES.get(name), SHAPES.get(name)).astype(type);
            parameters.put(name, new Parameter(value));
        }
        return parameters;
    }

    /** The gradients of a step, in the order of the parameters. */
    static List<Array> gradients(int step, DType type) {
        return names().stream()
                .map(name -> Array.of(part("gradients." + name, step), SHAPES.get(name))
                        .astype(type))
                .toList();
    }

    static float[] expected(String name, String parameter, int step) {
        return part(name + "/" + parameter, step);
    }

    private static List<String> names() {
        return VALUES.keySet().stream()
                .filter(name -> VALUES.containsKey("gradients." + name))
                .toList();
    }

    private static float[] part(String name, int step) {
        float[] all = VALUES.get(name);
        int size = all.length / STEPS;
        return Arrays.copyOfRange(all, step * size, (step + 1) * size);
    }

    static OptimizerSettings settings(JsonNode one) {
        @SuppressWarnings("unchecked")
        Map<String, Object> options = new LinkedHashMap<>(JSON.treeToValue(one.path("options"), Map.class));
        if (!one.path("decay").asBoolean(true)) {
            options.put("decay_norms_and_biases", false);
        }
        return new OptimizerSettings(one.path("optimizer").asString(), options);
    }

    private static JsonNode root() {
        try (InputStream in = Goldens.class.getResourceAsStream("/optim/optimizers.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void loadTensors() {
        try (Scope scope = Scope.open()) {
            Path file = Path.of(
                    Goldens.class.getResource("/optim/optimizers.safetensors").toURI());
            Safetensors.load(file).forEach((name, tensor) -> {
                VALUES.put(name, tensor.toFloats());
                SHAPES.put(name, tensor.shape());
            });
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
