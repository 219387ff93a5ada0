package org.mlxspring.engine.model;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers that JSON has no word for, as transformers writes them in {@code config.json}: <code>{"__float__":
 * "Infinity"}</code>.
 */
final class TaggedFloats {

    private static final String TAG = "__float__";
    private static final Map<String, Double> VALUES =
            Map.of("Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY, "NaN", Double.NaN);

    private TaggedFloats() {}

    /** The same tree with numbers in the places of tags. */
    static JsonNode decode(JsonNode node) {
        return switch (node) {
            case ObjectNode object
            when object.size() == 1 && VALUES.containsKey(object.path(TAG).asString("")) ->
                DoubleNode.valueOf(VALUES.get(object.path(TAG).asString()));
            case ObjectNode object -> {
                ObjectNode decoded = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> decoded.set(entry.getKey(), decode(entry.getValue())));
                yield decoded;
            }
            case ArrayNode array -> {
                ArrayNode decoded = JsonNodeFactory.instance.arrayNode();
                array.forEach(each -> decoded.add(decode(each)));
                yield decoded;
            }
            default -> node;
        };
    }

    /** The same tree with tags in the places of such numbers. */
    static JsonNode encode(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode encoded = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> encoded.set(entry.getKey(), encode(entry.getValue())));
                yield encoded;
            }
            case ArrayNode array -> {
                ArrayNode encoded = JsonNodeFactory.instance.arrayNode();
                array.forEach(each -> encoded.add(encode(each)));
                yield encoded;
            }
            default ->
                node.isFloatingPointNumber() && !Double.isFinite(node.asDouble())
                        ? JsonNodeFactory.instance.objectNode().put(TAG, Double.toString(node.asDouble()))
                        : node;
        };
    }
}
