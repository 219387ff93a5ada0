package org.mlxspring.engine.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON object of a line. */
final class JsonLine {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonLine() {}

    static Map<String, @Nullable Object> read(byte[] line) throws RowRefusal {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RowRefusal("is not UTF-8; save the file in the encoding UTF-8");
        }
        if (!text.stripLeading().startsWith("{")) {
            boolean json = text.stripLeading().matches("(?s)[\\[\"\\-0-9tfn].*");
            throw new RowRefusal(
                    (json ? "is not a JSON object" : "is not JSON") + "; each line must hold one object, in braces");
        }
        try {
            return JSON.readValue(text, OBJECT);
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new RowRefusal("is not JSON, see its column " + column + "; each line must hold one whole object");
        }
    }

    static void requireWholeCharacters(@Nullable Object value) throws RowRefusal {
        switch (value) {
            case String text -> {
                if (hasHalfCharacter(text)) {
                    throw new RowRefusal(
                            "has half a character (one of two \\u escapes that belong together is missing)");
                }
            }
            case Map<?, ?> map -> {
                for (Object each : map.values()) {
                    requireWholeCharacters(each);
                }
            }
            case List<?> list -> {
                for (Object each : list) {
                    requireWholeCharacters(each);
                }
            }
            case null, default -> {}
        }
    }

    private static boolean hasHalfCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            boolean whole = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (!whole) {
                return true;
            }
            i++;
        }
        return false;
    }
}
