package org.mlxspring.engine.train;

import java.util.Locale;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.text.Tokenizer;

/** What a run learns from: rows to imitate, or pairs of which one answer is preferred. */
public enum TrainMode {
    /** Supervised fine-tuning: the next token of every row. */
    SFT,
    /** Direct preference optimization (Rafailov et al., 2023), against the log-probabilities of the model at the start. */
    DPO,
    /** Odds ratio preference optimization (Hong et al., 2024), without a reference model. */
    ORPO;

    /** The value of the setting {@code train_mode}: {@code sft}, {@code dpo} or {@code orpo}. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a setting's value.
     *
     * @throws IllegalArgumentException if the name is none of {@code sft}, {@code dpo}, {@code orpo}
     */
    public static TrainMode of(String name) {
        for (TrainMode mode : values()) {
            if (mode.settingName().equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("train_mode is '" + name + "'; it must be sft, dpo or orpo.");
    }

    /** What makes token ids of the rows that this mode learns from. */
    public RowTokenizer tokenizer(Tokenizer tokenizer, LossMask mask) {
        return this == SFT ? new RowTokenizer(tokenizer, mask) : RowTokenizer.ofPreferences(tokenizer);
    }
}
