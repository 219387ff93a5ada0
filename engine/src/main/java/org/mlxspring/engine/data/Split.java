package org.mlxspring.engine.data;

import java.util.Locale;

/** The three parts of a dataset. */
public enum Split {
    TRAIN,
    VALID,
    TEST;

    /** Name of its file in a data folder: {@code train.jsonl}, {@code valid.jsonl} or {@code test.jsonl}. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".jsonl";
    }
}
