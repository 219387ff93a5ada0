package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Quantization.Mode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code quantization_config} that other software writes, read as the {@code quantization} that mlx-lm makes of it.
 */
final class ForeignQuantization {

    private static final String METHOD = "quant_method";

    private ForeignQuantization() {}

    /**
     * @param source where it stands, for messages
     * @return empty where mlx-lm takes the weights as plain numbers
     * @throws ModelException if the method is known, but not this kind of it
     */
    static Optional<ObjectNode> translate(String source, ObjectNode foreign) {
        ObjectNode settings = foreign.path("quantization") instanceof ObjectNode nested ? nested : foreign;
        return switch (foreign.path(METHOD).asString(settings == foreign ? "" : "modelopt")) {
            case "mxfp4" -> Optional.of(json(Mode.MXFP4.standard()));
            case "mxfp8" -> Optional.of(json(Mode.MXFP8.standard()));
            case "fp8" -> isMicroscaling(foreign) ? Optional.of(json(Mode.MXFP8.standard())) : Optional.empty();
            case "compressed-tensors" -> Optional.of(json(compressedTensors(source, foreign)));
            case "modelopt" -> Optional.of(json(modelOpt(source, settings)));
            case "awq", "gptq" -> Optional.of(awq(source, foreign));
            case "bitnet" ->
                throw refused(source, "the quant_method 'bitnet'", "weights of three values have no layer here");
            default -> Optional.empty();
        };
    }

    /** Says which method packed the weights, for a model that could not be loaded as plain numbers. */
    static Optional<String> unknownMethod(ModelConfig config) {
        return config.object("quantization").isPresent()
                ? Optional.empty()
                : config.object("quantization_config").flatMap(foreign -> foreign.text(METHOD));
    }

    private static boolean isMicroscaling(ObjectNode foreign) {
        JsonNode block = foreign.path("weight_block_size");
        return foreign.path("scale_fmt").asString("").equals("ue8m0")
                && block.size() == 2
                && block.valueStream().allMatch(each -> each.asInt() == 32);
    }

    private static Quantization compressedTensors(String source, ObjectNode foreign) {
        String format = foreign.path("format").asString("");
        return switch (format) {
            case "nvfp4-pack-quantized" -> Mode.NVFP4.standard();
            case "mxfp4-pack-quantized" -> Mode.MXFP4.standard();
            case "pack-quantized" -> new Quantization(Mode.AFFINE, 32, 4);
            default ->
                throw refused(
                        source,
                        "compressed-tensors of the format '" + format + "'",
                        "pack-quantized, mxfp4-pack-quantized and nvfp4-pack-quantized can be read");
        };
    }

    private static Quantization modelOpt(String source, ObjectNode settings) {
        String algorithm = settings.path("quant_algo").asString("");
        if (!algorithm.equals("NVFP4")) {
            throw refused(source, "modelopt's quant_algo '" + algorithm + "'", "NVFP4 alone can be read");
        }
        return new Quantization(Mode.NVFP4, settings.path("group_size").asInt(16), 4);
    }

    private static ObjectNode awq(String source, ObjectNode foreign) {
        int bits = foreign.path("bits").asInt(4);
        if (bits != AwqWeights.BITS) {
            throw refused(
                    source, foreign.path(METHOD).asString() + " with " + bits + " bits", "4 bits alone can be read");
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("group_size", foreign.path("group_size").asInt(128))
                .put("bits", bits);
    }

    private static ObjectNode json(Quantization format) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group_size", format.groupSize())
                .put("bits", format.bits())
                .put("mode", format.mode().settingName());
    }

    private static ModelException refused(String source, String what, String reason) {
        return new ModelException(source + ": the weights are packed by " + what + ", which is not supported; " + reason
                + ". Use the original model in float16, bfloat16 or float32.");
    }
}
