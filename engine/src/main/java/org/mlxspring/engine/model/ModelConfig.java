package org.mlxspring.engine.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's {@code config.json}. Getters name the file, the key and the value where one is absent or of the wrong type.
 *
 * @param source where it was read, for messages
 * @param json the object
 */
public record ModelConfig(String source, JsonNode json) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads {@code config.json} of a model folder, as mlx-lm does: the end tokens of {@code generation_config.json} win,
     * and what other software says of packed weights becomes {@code quantization}.
     *
     * @throws ModelException if the folder or the file is absent or not a JSON object, or names GGUF files
     */
    public static ModelConfig read(Path model) {
        return new ModelConfigReader(model).read();
    }

    public String modelType() {
        return text("model_type").orElseThrow(() -> missing("model_type", "the name of a model family"));
    }

    public int requiredInt(String key) {
        return optionalInt(key).orElseThrow(() -> missing(key, "a whole number"));
    }

    public int intOr(String key, int otherwise) {
        return optionalInt(key).orElse(otherwise);
    }

    public Optional<Integer> optionalInt(String key) {
        return value(key, JsonNode::isIntegralNumber, JsonNode::asInt, "a whole number");
    }

    public float requiredFloat(String key) {
        return number(key).orElseThrow(() -> missing(key, "a number")).floatValue();
    }

    public float floatOr(String key, double otherwise) {
        return number(key).orElse(otherwise).floatValue();
    }

    public Optional<Double> number(String key) {
        return value(key, JsonNode::isNumber, JsonNode::asDouble, "a number");
    }

    public boolean requiredBool(String key) {
        return value(key, JsonNode::isBoolean, JsonNode::asBoolean, "true or false")
                .orElseThrow(() -> missing(key, "true or false"));
    }

    public boolean boolOr(String key, boolean otherwise) {
        return value(key, JsonNode::isBoolean, JsonNode::asBoolean, "true or false")
                .orElse(otherwise);
    }

    public Optional<String> text(String key) {
        return value(key, JsonNode::isString, JsonNode::asString, "a text");
    }

    /** A list of numbers, or a single number as a list of one; empty where there is none. */
    public List<Double> numbers(String key) {
        return value(key, ModelConfig::isNumbers, ModelConfig::toNumbers, "a list of numbers")
                .orElse(List.of());
    }

    private static boolean isNumbers(JsonNode node) {
        return node.isNumber() || node.isArray() && node.valueStream().allMatch(JsonNode::isNumber);
    }

    private static List<Double> toNumbers(JsonNode node) {
        return node.isNumber()
                ? List.of(node.asDouble())
                : node.valueStream().map(JsonNode::asDouble).toList();
    }

    /** A list of texts; empty where there is none. */
    public List<String> texts(String key) {
        return value(
                        key,
                        node -> node.isArray() && node.valueStream().allMatch(JsonNode::isString),
                        node -> node.valueStream().map(JsonNode::asString).toList(),
                        "a list of texts")
                .orElse(List.of());
    }

    /** The same, with numbers for keys that are absent. */
    ModelConfig withDefaults(Map<String, ? extends Number> defaults) {
        ObjectNode complete = copy();
        defaults.forEach((key, number) -> {
            if (json.path(key).isMissingNode() || json.path(key).isNull()) {
                complete.putPOJO(key, number);
            }
        });
        return new ModelConfig(source, JSON.valueToTree(complete));
    }

    /** An error of a value that is absent or wrong, though perhaps of the right type. */
    ModelException wrong(String key, String right) {
        return json.path(key).isMissingNode()
                ? missing(key, right)
                : new ModelException(source + ": " + key + " is " + json.path(key) + "; it must be " + right + ".");
    }

    /** Whether a key is there with the value null, which some families tell from its absence. */
    public boolean isNull(String key) {
        return json.path(key).isNull();
    }

    /** A nested object, with its own getters. */
    public Optional<ModelConfig> object(String key) {
        return value(key, JsonNode::isObject, node -> new ModelConfig(source + ", " + key, node), "an object");
    }

    private <T> Optional<T> value(String key, Predicate<JsonNode> fits, Function<JsonNode, T> read, String wanted) {
        JsonNode node = json.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!fits.test(node)) {
            throw new ModelException(source + ": " + key + " is " + node + "; it must be " + wanted + ".");
        }
        return Optional.of(read.apply(node));
    }

    private ModelException missing(String key, String wanted) {
        return new ModelException(source + ": " + key + " is missing; it must be " + wanted + ".");
    }

    /** The configuration of the same model in plain numbers. */
    public ModelConfig withoutQuantization() {
        ObjectNode plain = copy();
        plain.remove(List.of("quantization", "quantization_config"));
        return new ModelConfig(source, plain);
    }

    /** A copy of the JSON, for writing the configuration of a derived model. */
    public ObjectNode copy() {
        return (ObjectNode) json.deepCopy();
    }
}
