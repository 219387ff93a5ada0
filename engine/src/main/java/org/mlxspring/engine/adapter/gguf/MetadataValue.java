package org.mlxspring.engine.adapter.gguf;

import java.util.List;

/** A value in the metadata of a GGUF file. */
sealed interface MetadataValue {

    /** An unsigned 32-bit number. */
    record Whole(int value) implements MetadataValue {}

    record Real(float value) implements MetadataValue {}

    record Flag(boolean value) implements MetadataValue {}

    record Text(String value) implements MetadataValue {}

    record Texts(List<String> values) implements MetadataValue {}

    /** Signed 32-bit numbers. */
    record Wholes(int[] values) implements MetadataValue {}

    record Reals(float[] values) implements MetadataValue {}
}
