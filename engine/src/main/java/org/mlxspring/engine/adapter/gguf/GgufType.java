package org.mlxspring.engine.adapter.gguf;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the matrices of a GGUF file are stored; norms and biases are float32 in each. */
public enum GgufType {
    F16(Encoding.F16, 1),
    BF16(Encoding.BF16, 32),
    Q8_0(Encoding.Q8_0, 7);

    private final Encoding encoding;
    private final int fileType;

    GgufType(Encoding encoding, int fileType) {
        this.encoding = encoding;
        this.fileType = fileType;
    }

    Encoding encoding() {
        return encoding;
    }

    /** The value of {@code general.file_type} (llama.cpp's {@code llama_ftype}). */
    int fileType() {
        return fileType;
    }

    /** The name on the command line and in JSON: {@code f16}, {@code bf16}, {@code q8_0}. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a setting's value.
     *
     * @throws IllegalArgumentException if there is no such type; the message lists them
     */
    public static GgufType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.settingName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The GGUF type is '" + name + "'; it must be one of "
                        + Arrays.stream(values()).map(GgufType::settingName).collect(Collectors.joining(", ")) + "."));
    }
}
