package org.mlxspring.autoconfigure.dataset;

/** What the rows of a dataset version are; all of its splits have the same kind. */
public enum RowKind {
    /** Rows with one answer, for {@code train_mode} {@code sft}. */
    ANSWER,
    /** A better and a worse answer each, for {@code train_mode} {@code dpo} and {@code orpo}. */
    PREFERENCE
}
