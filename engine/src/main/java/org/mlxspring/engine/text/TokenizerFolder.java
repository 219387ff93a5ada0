package org.mlxspring.engine.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The files of a model folder that concern its tokenizer, read with the precedence of transformers and mlx-lm.
 *
 * @param path the folder
 * @param tokenizerJson content of {@code tokenizer.json}
 * @param specialTokens text of {@code bos_token} and its kin, by that name
 * @param templates sources of the chat templates by name; {@code default} is the usual one
 * @param endTokens {@code eos_token_id} of the generation configuration, else of the model's configuration
 */
record TokenizerFolder(
        Path path,
        byte[] tokenizerJson,
        Map<String, String> specialTokens,
        Map<String, String> templates,
        Set<Integer> endTokens) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> SPECIAL =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");
    private static final String DEFAULT = "default";

    static TokenizerFolder read(Path folder) {
        Path tokenizer = folder.resolve("tokenizer.json");
        if (!Files.isDirectory(folder)) {
            throw new TokenizerException(folder, "there is no such folder; give the folder of a model");
        }
        if (!Files.isRegularFile(tokenizer)) {
            throw new TokenizerException(
                    folder,
                    "tokenizer.json is missing; a model folder needs tokenizer.json and config.json,"
                            + " usually with tokenizer_config.json. A folder with only tokenizer.model has to be"
                            + " converted, for example with transformers");
        }
        JsonNode configuration = json(folder, "tokenizer_config.json");
        return new TokenizerFolder(
                folder,
                bytes(folder, tokenizer),
                specialTokens(folder, configuration),
                templates(folder, configuration),
                endTokens(folder));
    }

    private static Map<String, String> specialTokens(Path folder, JsonNode configuration) {
        Map<String, String> tokens = new LinkedHashMap<>();
        // transformers reads the older file only where the newer one does not list the added tokens.
        JsonNode older = configuration.has("added_tokens_decoder")
                ? MissingNode.getInstance()
                : json(folder, "special_tokens_map.json");
        for (String name : SPECIAL) {
            JsonNode token = older.has(name) ? older.get(name) : configuration.path(name);
            JsonNode text = token.isObject() ? token.path("content") : token;
            if (text.isString()) {
                tokens.put(name, text.asString());
            }
        }
        return tokens;
    }

    private static Map<String, String> templates(Path folder, JsonNode configuration) {
        Map<String, String> templates = new TreeMap<>();
        Path single = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(single)) {
            templates.put(DEFAULT, new String(bytes(folder, single), StandardCharsets.UTF_8));
        }
        Path further = folder.resolve("additional_chat_templates");
        if (Files.isDirectory(further)) {
            try (Stream<Path> files = Files.list(further)) {
                files.filter(file -> file.toString().endsWith(".jinja")).forEach(file -> {
                    String name = file.getFileName().toString().replaceFirst("\\.jinja$", "");
                    templates.put(name, new String(bytes(folder, file), StandardCharsets.UTF_8));
                });
            } catch (IOException e) {
                throw new TokenizerException(folder, further.getFileName() + " cannot be read", e);
            }
        }
        return templates.isEmpty() ? configuredTemplates(configuration.path("chat_template")) : templates;
    }

    private static Map<String, String> configuredTemplates(JsonNode configured) {
        Map<String, String> templates = new TreeMap<>();
        if (configured.isString()) {
            templates.put(DEFAULT, configured.asString());
        } else if (configured.isArray()) {
            configured.forEach(each -> templates.put(
                    each.path("name").asString(DEFAULT), each.path("template").asString("")));
        } else if (configured.isObject()) {
            configured
                    .properties()
                    .forEach(
                            each -> templates.put(each.getKey(), each.getValue().asString("")));
        }
        return templates;
    }

    private static Set<Integer> endTokens(Path folder) {
        Set<Integer> generation = ids(json(folder, "generation_config.json").path("eos_token_id"));
        return generation.isEmpty() ? ids(json(folder, "config.json").path("eos_token_id")) : generation;
    }

    private static Set<Integer> ids(JsonNode node) {
        Set<Integer> ids = new LinkedHashSet<>();
        if (node.isInt()) {
            ids.add(node.asInt());
        } else if (node.isArray()) {
            node.forEach(each -> ids.addAll(ids(each)));
        }
        return ids;
    }

    private static JsonNode json(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(bytes(folder, file));
        } catch (JacksonException e) {
            throw new TokenizerException(
                    folder,
                    name + " is not JSON, see its line " + e.getLocation().getLineNr(),
                    e);
        }
    }

    private static byte[] bytes(Path folder, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new TokenizerException(folder, file.getFileName() + " cannot be read", e);
        }
    }

    /** SHA-256 of what decides how text becomes ids. */
    String fingerprint() {
        var hash = new Sha256().add(tokenizerJson);
        specialTokens.forEach((name, token) -> hash.add(name).add(token));
        return hash.hex();
    }

    /** SHA-256 of the chat templates. */
    String templateHash() {
        var hash = new Sha256();
        templates.forEach((name, source) -> hash.add(name).add(source));
        return hash.hex();
    }
}
