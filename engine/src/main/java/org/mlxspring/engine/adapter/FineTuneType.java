package org.mlxspring.engine.adapter;

import java.util.Locale;

/** What a run trains: low-rank matrices beside the weights, or the weights of the layers themselves. */
public enum FineTuneType {
    LORA,
    DORA,
    FULL;

    /** The name in {@code adapter_config.json}, in YAML files and on the command line: {@code lora}, {@code full}. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a setting's value.
     *
     * @throws IllegalArgumentException if the name is none of {@code lora}, {@code dora}, {@code full}
     */
    public static FineTuneType of(String name) {
        for (FineTuneType type : values()) {
            if (type.settingName().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("fine_tune_type is '" + name + "'; it must be lora, dora or full.");
    }
}
