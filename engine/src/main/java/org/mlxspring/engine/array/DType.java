package org.mlxspring.engine.array;

/** Element types, in the order of {@code mlx_dtype}; the names are those of safetensors headers. */
public enum DType {
    BOOL("BOOL", 1),
    UINT8("U8", 1),
    UINT16("U16", 2),
    UINT32("U32", 4),
    UINT64("U64", 8),
    INT8("I8", 1),
    INT16("I16", 2),
    INT32("I32", 4),
    INT64("I64", 8),
    FLOAT16("F16", 2),
    FLOAT32("F32", 4),
    FLOAT64("F64", 8),
    BFLOAT16("BF16", 2),
    COMPLEX64("C64", 8);

    private static final DType[] ALL = values();

    private final String safetensorsName;
    private final int bytes;

    DType(String safetensorsName, int bytes) {
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
    }

    /** The name in a safetensors header. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** Size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether this is float16, bfloat16, float32 or float64. */
    public boolean isFloating() {
        return this == FLOAT16 || this == BFLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    static DType of(int code) {
        return ALL[code];
    }
}
