package org.mlxspring.engine.adapter.gguf;

/** The kinds of metadata values, in the order of their codes in a GGUF file. */
enum ValueKind {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    /** A length of eight bytes, then UTF-8. */
    STRING(0),
    /** A kind, a length of eight bytes, then the values. */
    ARRAY(0),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private final int bytes;

    ValueKind(int bytes) {
        this.bytes = bytes;
    }

    /** Size of a value; 0 where it varies. */
    int bytes() {
        return bytes;
    }
}
