package org.mlxspring.engine.adapter.gguf;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The element types of GGUF tensors that are written and read here (ggml's {@code ggml_type}). */
enum Encoding {
    F32(0, 1, 4),
    F16(1, 1, 2),
    /** Blocks of 32: a float16 factor, then 32 signed bytes. */
    Q8_0(8, 32, 34),
    BF16(30, 1, 2);

    private static final int BLOCK = 32;

    private final int code;
    private final int blockElements;
    private final int blockBytes;

    Encoding(int code, int blockElements, int blockBytes) {
        this.code = code;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    int code() {
        return code;
    }

    int blockElements() {
        return blockElements;
    }

    /** Bytes of so many elements, a multiple of the block. */
    long bytes(long elements) {
        return elements / blockElements * blockBytes;
    }

    /** @throws IllegalArgumentException if there is no such code among those read here */
    static Encoding of(int code) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ggml type " + code));
    }

    /** Writes values into a little-endian buffer, rounding to the nearest. */
    void encode(float[] values, ByteBuffer out) {
        switch (this) {
            case F32 -> {
                for (float value : values) {
                    out.putFloat(value);
                }
            }
            case F16 -> {
                for (float value : values) {
                    out.putShort(Float.floatToFloat16(value));
                }
            }
            case BF16 -> {
                for (float value : values) {
                    out.putShort(brain(value));
                }
            }
            case Q8_0 -> {
                for (int start = 0; start < values.length; start += BLOCK) {
                    block(values, start, out);
                }
            }
        }
    }

    /** Reads {@code count} values from a little-endian buffer. */
    float[] decode(ByteBuffer in, int count) {
        float[] values = new float[count];
        switch (this) {
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = in.getFloat();
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.float16ToFloat(in.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat(in.getShort() << 16);
                }
            }
            case Q8_0 -> {
                float factor = 0;
                for (int i = 0; i < count; i++) {
                    if (i % BLOCK == 0) {
                        factor = Float.float16ToFloat(in.getShort());
                    }
                    values[i] = in.get() * factor;
                }
            }
        }
        return values;
    }

    /** The upper half of a float32, rounded half to even; a NaN stays one. */
    private static short brain(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? (short) (bits >>> 16 | 0x40) : (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** The block's largest magnitude becomes 127; ties round away from zero (ggml's reference quantization). */
    private static void block(float[] values, int start, ByteBuffer out) {
        float largest = 0;
        for (int i = start; i < start + BLOCK; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float factor = largest / 127;
        float inverse = factor == 0 ? 0 : 1 / factor;
        out.putShort(Float.floatToFloat16(factor));
        for (int i = start; i < start + BLOCK; i++) {
            float scaled = values[i] * inverse;
            float magnitude = Math.abs(scaled);
            float floor = (float) Math.floor(magnitude);
            float rounded = floor + (float) Math.floor(2 * (magnitude - floor));
            out.put((byte) (scaled < 0 ? -rounded : rounded));
        }
    }
}
