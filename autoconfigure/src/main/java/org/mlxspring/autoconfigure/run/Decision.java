package org.mlxspring.autoconfigure.run;

/** What the gate decided after an evaluation. */
public enum Decision {
    /** The candidate is better and becomes the champion. */
    PROMOTED,
    /** The champion, or the base model, stays. */
    KEPT
}
