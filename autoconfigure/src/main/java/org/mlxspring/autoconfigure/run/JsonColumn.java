package org.mlxspring.autoconfigure.run;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The columns of a run that hold JSON. */
final class JsonColumn {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonColumn() {}

    /** Training settings. */
    @Converter
    static class Settings implements AttributeConverter<Map<String, Object>, String> {

        @Override
        public String convertToDatabaseColumn(Map<String, Object> settings) {
            return JSON.writeValueAsString(settings);
        }

        @Override
        public Map<String, Object> convertToEntityAttribute(String json) {
            return JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
        }
    }

    /** Scores of a comparison. */
    @Converter
    static class Scores implements AttributeConverter<List<RunScore>, String> {

        @Override
        public String convertToDatabaseColumn(List<RunScore> scores) {
            return JSON.writeValueAsString(scores);
        }

        @Override
        public List<RunScore> convertToEntityAttribute(String json) {
            return JSON.readValue(json, new TypeReference<List<RunScore>>() {});
        }
    }
}
