package org.mlxspring.engine.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What this package has to know of {@code tokenizer.json} itself: tokens, their ids, and the kind of decoder. */
final class Vocabulary {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, String> tokens = new HashMap<>();
    private final Set<String> added = new HashSet<>();
    private JsonNode decoder = MissingNode.getInstance();

    private Vocabulary() {}

    static Vocabulary of(TokenizerFolder folder) {
        var vocabulary = new Vocabulary();
        try (JsonParser parser = JSON.createParser(folder.tokenizerJson())) {
            vocabulary.read(parser);
        } catch (JacksonException e) {
            throw new TokenizerException(
                    folder.path(),
                    "tokenizer.json is not the JSON of a tokenizer, see its line "
                            + e.getLocation().getLineNr(),
                    e);
        }
        if (vocabulary.ids.isEmpty()) {
            throw new TokenizerException(folder.path(), "tokenizer.json holds no vocabulary (model.vocab)");
        }
        return vocabulary;
    }

    private void read(JsonParser parser) {
        parser.nextToken();
        Map<String, Integer> addedTokens = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "model" -> model(parser);
                case "decoder" -> decoder = parser.readValueAsTree();
                case "added_tokens" -> {
                    JsonNode list = parser.readValueAsTree();
                    list.forEach(each -> addedTokens.put(
                            each.path("content").asString(""), each.path("id").asInt(-1)));
                }
                default -> parser.skipChildren();
            }
        }
        addedTokens.forEach(this::put);
        added.addAll(addedTokens.keySet());
    }

    private void model(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean vocabulary = parser.currentName().equals("vocab");
            JsonToken value = parser.nextToken();
            if (vocabulary && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String token = parser.currentName();
                    parser.nextToken();
                    put(token, parser.getIntValue());
                }
            } else if (vocabulary && value == JsonToken.START_ARRAY) {
                unigram(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** A list of pairs of token and score, whose ids are their positions. */
    private void unigram(JsonParser parser) {
        int id = 0;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            put(parser.getString(), id++);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    private void put(String token, int id) {
        ids.put(token, id);
        tokens.put(id, token);
    }

    /** Takes a token that {@code tokenizer.json} lacks; gives its id, the next free one. */
    int append(String token) {
        int id = tokens.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        put(token, id);
        added.add(token);
        return id;
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    Optional<String> token(int id) {
        return Optional.ofNullable(tokens.get(id));
    }

    boolean hasAll(String... wanted) {
        return List.of(wanted).stream().allMatch(ids::containsKey);
    }

    int size() {
        return ids.size();
    }

    JsonNode decoder() {
        return decoder;
    }
}
