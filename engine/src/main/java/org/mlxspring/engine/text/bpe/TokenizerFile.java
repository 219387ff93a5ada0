package org.mlxspring.engine.text.bpe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of {@code tokenizer.json}, read in one pass.
 *
 * @param settings everything but the vocabulary and the merges of a BPE model
 * @param vocabulary ids of the model's tokens
 * @param merges pairs of tokens, one token after the other, the earliest learned pair first
 */
record TokenizerFile(ObjectNode settings, Map<String, Integer> vocabulary, List<String> merges) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static TokenizerFile read(byte[] json) throws UnsupportedTokenizerException {
        var file = new TokenizerFile(JsonNodeFactory.instance.objectNode(), new HashMap<>(), new ArrayList<>());
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("model")) {
                    file.model(parser);
                } else {
                    file.settings.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
        } catch (JacksonException e) {
            throw new UnsupportedTokenizerException("what is not JSON");
        }
        return file;
    }

    private void model(JsonParser parser) throws UnsupportedTokenizerException {
        ObjectNode model = settings.putObject("model");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                vocabulary(parser);
            } else if (name.equals("merges") && value == JsonToken.START_ARRAY) {
                merges(parser);
            } else {
                model.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
    }

    private void vocabulary(JsonParser parser) throws UnsupportedTokenizerException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String token = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new UnsupportedTokenizerException("an id that is no number");
            }
            vocabulary.put(token, parser.getIntValue());
        }
    }

    /** Each a list of two tokens or, in older files, a text with a space between them. */
    private void merges(JsonParser parser) throws UnsupportedTokenizerException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                String pair = parser.getString();
                int space = pair.indexOf(' ');
                if (space < 0 || space != pair.lastIndexOf(' ')) {
                    throw new UnsupportedTokenizerException("a merge that is no pair");
                }
                merges.add(pair.substring(0, space));
                merges.add(pair.substring(space + 1));
            } else if (token == JsonToken.START_ARRAY) {
                int before = merges.size();
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    merges.add(parser.getString());
                }
                if (parser.currentToken() != JsonToken.END_ARRAY || merges.size() != before + 2) {
                    throw new UnsupportedTokenizerException("a merge that is no pair");
                }
            } else {
                throw new UnsupportedTokenizerException("a merge that is no pair");
            }
        }
    }
}
