package org.mlxspring.autoconfigure.dataset;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way a row is written, so that equal rows are equal bytes: no white space, keys in the order they came, since
 * chat templates show that of a tool's parameters.
 */
public final class RowJson {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RowJson() {}

    /** A row as it is stored. */
    public static String write(Map<String, ?> row) {
        return JSON.writeValueAsString(row);
    }

    /**
     * A row as an object of maps, lists, strings, numbers, booleans and nulls.
     *
     * @throws IllegalArgumentException if the text is no JSON object; the message holds nothing of it
     */
    public static Map<String, @Nullable Object> read(String json) {
        try {
            return JSON.readValue(json, OBJECT);
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new IllegalArgumentException("A row is not one JSON object, see its column " + column + ".");
        }
    }
}
