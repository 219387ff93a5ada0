package org.mlxspring.autoconfigure.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the records of our API with a mapper of our own, so that a host that names its JSON in another way
 * changes neither what the page reads nor what clients send. Types of the host are left to the host's converters.
 */
final class OwnJson extends JacksonJsonHttpMessageConverter {

    private static final String OURS = "org.mlxspring.autoconfigure.";

    OwnJson() {
        super(JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return ours(type.toClass()) && super.canRead(type, mediaType);
    }

    @Override
    public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
        return ours(valueClass) && super.canWrite(type, valueClass, mediaType);
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return ours(type) && super.canWrite(type, mediaType);
    }

    private static boolean ours(Class<?> type) {
        return type.getName().startsWith(OURS);
    }
}
