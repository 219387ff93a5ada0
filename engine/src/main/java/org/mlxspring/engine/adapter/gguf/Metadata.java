package org.mlxspring.engine.adapter.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata of a GGUF file while it is put together: keys in the order of writing. */
final class Metadata {

    private final Map<String, MetadataValue> values = new LinkedHashMap<>();

    Metadata whole(String key, int value) {
        values.put(key, new MetadataValue.Whole(value));
        return this;
    }

    Metadata real(String key, double value) {
        values.put(key, new MetadataValue.Real((float) value));
        return this;
    }

    Metadata flag(String key, boolean value) {
        values.put(key, new MetadataValue.Flag(value));
        return this;
    }

    Metadata text(String key, String value) {
        values.put(key, new MetadataValue.Text(value));
        return this;
    }

    Metadata texts(String key, List<String> value) {
        values.put(key, new MetadataValue.Texts(value));
        return this;
    }

    Metadata wholes(String key, int[] value) {
        values.put(key, new MetadataValue.Wholes(value));
        return this;
    }

    Metadata reals(String key, float[] value) {
        values.put(key, new MetadataValue.Reals(value));
        return this;
    }

    Map<String, MetadataValue> values() {
        return Collections.unmodifiableMap(values);
    }
}
