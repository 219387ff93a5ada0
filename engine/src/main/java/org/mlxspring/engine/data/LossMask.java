package org.mlxspring.engine.data;

import java.util.Locale;

/** Which tokens of a row are learned, that is, count as targets of the loss. */
public enum LossMask {
    /** Every token of the row. */
    ROW,
    /** The last message or the completion; what stands before it is left out (mlx-lm's {@code mask_prompt}). */
    PROMPT,
    /** Every turn of the assistant; all other messages are left out. */
    ASSISTANT;

    /** The value of the setting {@code loss_mask}: {@code row}, {@code prompt} or {@code assistant}. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a setting's value.
     *
     * @throws IllegalArgumentException if the name is none of {@code row}, {@code prompt}, {@code assistant}
     */
    public static LossMask of(String name) {
        for (LossMask mask : values()) {
            if (mask.settingName().equals(name)) {
                return mask;
            }
        }
        throw new IllegalArgumentException("loss_mask is '" + name + "'; it must be row, prompt or assistant.");
    }
}
