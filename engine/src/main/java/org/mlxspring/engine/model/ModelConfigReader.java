package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code config.json} and what mlx-lm adds to it from the files beside it: the end tokens of {@code
 * generation_config.json}, and the quantization that other software wrote.
 */
final class ModelConfigReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final String QUANTIZATION = "quantization_config";

    private final Path folder;

    ModelConfigReader(Path folder) {
        this.folder = folder;
    }

    ModelConfig read() {
        GgufRefusal.check(folder);
        Path file = folder.resolve("config.json");
        if (!Files.isDirectory(folder)) {
            throw new ModelException("There is no model folder " + folder.toAbsolutePath() + ".");
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelException(folder + " is no model folder: config.json is missing in it. A model folder holds"
                    + " config.json, *.safetensors and tokenizer.json.");
        }
        if (!(TaggedFloats.decode(json(file)) instanceof ObjectNode config)) {
            throw new ModelException(file + " holds no JSON object.");
        }
        endTokens().ifPresent(tokens -> config.set("eos_token_id", tokens));
        if (!config.has(QUANTIZATION)) {
            quantizationElsewhere(config).ifPresent(found -> config.set(QUANTIZATION, found));
        }
        if (!config.path("quantization").isObject() && config.path(QUANTIZATION) instanceof ObjectNode foreign) {
            ForeignQuantization.translate(file.toString(), foreign).ifPresent(ours -> {
                config.set("quantization", ours);
                config.set(QUANTIZATION, ours.deepCopy());
            });
        }
        return new ModelConfig(file.toString(), config);
    }

    /** Those of the generation configuration win; a damaged one is ignored, as in mlx-lm. */
    private Optional<JsonNode> endTokens() {
        Path file = folder.resolve("generation_config.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode tokens = json(file).path("eos_token_id");
            boolean any = tokens.isNumber() && tokens.asDouble() != 0 || tokens.isArray() && !tokens.isEmpty();
            return any ? Optional.of(tokens) : Optional.empty();
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> quantizationElsewhere(ObjectNode config) {
        JsonNode nested = config.path("text_config").path(QUANTIZATION);
        Path file = folder.resolve("hf_quant_config.json");
        if (nested.isObject()) {
            return Optional.of(nested.deepCopy());
        }
        return Files.isRegularFile(file) ? Optional.of(json(file)) : Optional.empty();
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JacksonException | IOException e) {
            throw new ModelException(file + " cannot be read as JSON: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
