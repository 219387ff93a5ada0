package org.mlxspring.engine.adapter;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * The {@code adapter_config.json} of Hugging Face's PEFT, as far as it decides what an adapter computes.
 *
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}
 * @param rankStabilised whether the factor is {@code alpha / sqrt(r)} instead of {@code alpha / r}
 * @param dora whether the adapted rows keep a learned length
 * @param ranks other ranks, by a pattern of module names
 * @param alphas other alphas, by a pattern of module names
 */
record PeftConfig(
        int rank,
        double alpha,
        boolean rankStabilised,
        boolean dora,
        Map<String, Double> ranks,
        Map<String, Double> alphas) {

    /** Whether a configuration is one of PEFT, rather than of mlx-lm. */
    static boolean is(JsonNode json) {
        return json.has("peft_type");
    }

    /**
     * @param source the file, for messages
     * @throws AdapterException if it describes something else than LoRA or DoRA
     */
    static PeftConfig read(String source, JsonNode json) {
        String type = json.path("peft_type").asString("");
        if (!type.equals("LORA")) {
            throw new AdapterException(
                    source + ": peft_type is '" + type + "'; adapters of the type LORA can be read, no others.");
        }
        refuse(source, json, "modules_to_save", "whole modules beside the adapter");
        refuse(source, json, "layer_replication", "layers used several times");
        refuse(source, json, "target_parameters", "adapters of parameters that are no modules");
        refuse(source, json, "fan_in_fan_out", "weights stored the other way round");
        refuse(source, json, "lora_bias", "biases in the adapter");
        String bias = json.path("bias").asString("none");
        if (!bias.equals("none")) {
            throw new AdapterException(source + ": bias is '" + bias
                    + "', which stores trained biases in the adapter; only 'none' can be read.");
        }
        if (!json.path("r").isIntegralNumber() || !json.path("lora_alpha").isNumber()) {
            throw new AdapterException(source + ": r must be a whole number and lora_alpha a number; they are "
                    + json.path("r") + " and " + json.path("lora_alpha") + ".");
        }
        return new PeftConfig(
                json.path("r").asInt(),
                json.path("lora_alpha").asDouble(),
                json.path("use_rslora").asBoolean(false),
                json.path("use_dora").asBoolean(false),
                numbers(json.path("rank_pattern")),
                numbers(json.path("alpha_pattern")));
    }

    private static void refuse(String source, JsonNode json, String key, String meaning) {
        JsonNode node = json.path(key);
        boolean used = !node.isMissingNode()
                && !node.isNull()
                && !(node.isBoolean() && !node.asBoolean())
                && !(node.isContainer() && node.isEmpty());
        if (used) {
            throw new AdapterException(
                    source + ": " + key + " is " + node + ": " + meaning + " cannot be read. Merge the adapter with"
                            + " PEFT (merge_and_unload) and use the result as a base model.");
        }
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new TreeMap<>();
        node.properties()
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble()));
        return numbers;
    }

    /** The rank of a module's matrices. */
    int rankOf(String module) {
        return find(ranks, module).map(Double::intValue).orElse(rank);
    }

    /** The factor on a module's adapter. */
    double scaleOf(String module) {
        double own = find(alphas, module).orElse(alpha);
        return rankStabilised ? own / Math.sqrt(rankOf(module)) : own / rankOf(module);
    }

    /** A pattern stands for the modules whose name it is, or ends with it after a dot; it may be a regular expression. */
    private static Optional<Double> find(Map<String, Double> patterns, String module) {
        return patterns.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), module))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean matches(String pattern, String module) {
        try {
            return Pattern.matches("(.*\\.)?(" + pattern + ")", module);
        } catch (PatternSyntaxException e) {
            return module.equals(pattern) || module.endsWith("." + pattern);
        }
    }
}
