package org.mlxspring.engine.data;

import java.util.Locale;

/** The three parts of a dataset. */
public enum Split {
    TRAIN,
    VALID,
    TEST;

    /** What it is called outside of Java, in names of files and folders too: {@code train}, {@code valid} or {@code test}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The split of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Split labeled(String label) {
        return Split.valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Name of its file in a data folder: {@code train.jsonl}, {@code valid.jsonl} or {@code test.jsonl}. */
    public String fileName() {
        return label() + ".jsonl";
    }
}
