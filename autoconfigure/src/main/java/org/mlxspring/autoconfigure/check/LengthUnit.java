package org.mlxspring.autoconfigure.check;

/** What the length of a row is counted in. */
public enum LengthUnit {
    /** Tokens of the model that the checks know, with its chat template. */
    TOKENS,
    /** Characters of the turns, where no model is known. */
    CHARACTERS
}
