package org.mlxspring.autoconfigure.check;

/** What is looked for in the rows of a version. */
public enum CheckName {
    /** The row is longer than the length limit, so that training cuts its end off. */
    CUT_AT_LIMIT,
    /** The length limit cuts the whole answer off: nothing is left to learn from the row. */
    ANSWER_CUT_AWAY,
    /** The chat template of the model, or its tokenizer, refuses the row. */
    REFUSED_BY_MODEL,
    /** The answer that is to be learned has no text and calls no tool. */
    EMPTY_ANSWER,
    /** A turn before the answer has no text and calls no tool. */
    EMPTY_TURN,
    /** A turn says what the one before it said, or what the same speaker said last. */
    REPEATED_TURN,
    /** The turns are not in the order that chat templates demand. */
    ROLE_ORDER,
    /** The row stands in its split more than once. */
    DUPLICATE,
    /** The row is nearly the same as another one of its split. */
    NEAR_DUPLICATE,
    /** A row of the validation or test split stands in the training split, too. */
    IN_TRAIN_AND_HELD_OUT,
    /** A row of the validation or test split is nearly the same as one of the training split. */
    NEAR_IN_TRAIN_AND_HELD_OUT,
    /** The same prompt has another answer elsewhere, or a preference is told the other way round. */
    LABEL_NOISE,
    /** A split has fewer rows than wanted. */
    TOO_FEW_ROWS,
    /** The stored row has personal data in it. */
    PERSONAL_DATA,
    /** The stored row has a key, token or password in it. */
    SECRET
}
