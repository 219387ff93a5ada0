package org.mlxspring.autoconfigure.run;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The columns of a run and its reports that hold JSON. */
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

    /** What fused models were checked for. */
    @Converter
    static class Checks implements AttributeConverter<List<RunCheck>, String> {

        @Override
        public String convertToDatabaseColumn(List<RunCheck> checks) {
            return JSON.writeValueAsString(checks);
        }

        @Override
        public List<RunCheck> convertToEntityAttribute(String json) {
            return JSON.readValue(json, new TypeReference<List<RunCheck>>() {});
        }
    }

    /** Numbers by name. */
    @Converter
    static class Measures implements AttributeConverter<Map<String, Double>, String> {

        @Override
        public String convertToDatabaseColumn(Map<String, Double> measures) {
            return JSON.writeValueAsString(measures);
        }

        @Override
        public Map<String, Double> convertToEntityAttribute(String json) {
            return JSON.readValue(json, new TypeReference<Map<String, Double>>() {});
        }
    }
}
