package org.mlxspring.engine.model.convert;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Quantization.Mode;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which layers are packed in another way than the others. */
interface LayerRules {

    /** Layers that mlx-lm's families never pack below eight bits: routers of experts, and sums that would underflow. */
    Map<String, Predicate<String>> DELICATE = Map.of(
            "qwen3_moe",
            path -> path.endsWith("mlp.gate"),
            "gpt_oss",
            path -> path.endsWith("router"),
            "granite",
            LayerRules::sums,
            "granitemoe",
            path -> path.endsWith("block_sparse_moe.router.layer") || sums(path));

    /**
     * The format of a layer with a rule of its own.
     *
     * @param format how it is packed
     * @param json its entry in {@code config.json}
     */
    record Own(Quantization format, ObjectNode json) {}

    /** Empty for a layer that is packed as most are. */
    Optional<Own> of(String path);

    /**
     * @throws ModelException if the recipe does not fit the model
     */
    static LayerRules of(Packing packing, String modelType, LanguageModel model) {
        return packing.recipe()
                .map(recipe -> mixed(recipe, packing.standard().groupSize(), modelType, model))
                .orElseGet(() -> path -> delicate(modelType, path));
    }

    private static LayerRules mixed(MixedRecipe recipe, int groupSize, String modelType, LanguageModel model) {
        String first = model.matrixLayers().keySet().stream()
                .filter(path -> path.contains("down_proj"))
                .findFirst()
                .orElseThrow(() -> new ModelException("The recipe " + recipe.settingName()
                        + " gives layers named down_proj more bits; a model of the type '" + modelType
                        + "' has none. Pack it without --quant-predicate."));
        int index = indexOfNumber(first.split("\\."));
        int layers = model.layers().size();
        return path -> {
            Quantization format = new Quantization(Mode.AFFINE, groupSize, recipe.bits(path, layers, index));
            return Optional.of(new Own(format, json(format)));
        };
    }

    private static int indexOfNumber(String[] parts) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].chars().allMatch(Character::isDigit)) {
                return i;
            }
        }
        return parts.length - 1;
    }

    private static boolean sums(String path) {
        return path.endsWith("self_attn.o_proj") || path.endsWith("mlp.down_proj") || path.equals("lm_head");
    }

    /** As mlx-lm writes these, without the mode. */
    private static Optional<Own> delicate(String modelType, String path) {
        if (!DELICATE.getOrDefault(modelType, none -> false).test(path)) {
            return Optional.empty();
        }
        Quantization format = new Quantization(Mode.AFFINE, 64, 8);
        return Optional.of(new Own(
                format,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("group_size", format.groupSize())
                        .put("bits", format.bits())));
    }

    /** The entry of a format in {@code config.json}. */
    static ObjectNode json(Quantization format) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group_size", format.groupSize())
                .put("bits", format.bits())
                .put("mode", format.mode().settingName());
    }
}
