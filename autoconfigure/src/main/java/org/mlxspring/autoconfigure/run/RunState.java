package org.mlxspring.autoconfigure.run;

/** Where a run is. */
public enum RunState {
    /** Waits for a free place on an instance. */
    QUEUED,
    /** Its rows are tokenized, or the token store of an earlier run is taken. */
    PREPARING,
    /** It trains. */
    TRAINING,
    /** Candidate, champion and base model are judged. */
    EVALUATING,
    /** The promoted adapter is added to its base model. */
    FUSING,
    /** It is complete, whether it was promoted or kept back. */
    SUCCEEDED,
    /** It ended with an error; restart goes on from the last checkpoint. */
    FAILED,
    /** It ended because somebody asked; restart goes on from the last checkpoint. */
    STOPPED;

    /** Whether it has ended. */
    public boolean over() {
        return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }

    /** Whether it can be taken up again. */
    public boolean restartable() {
        return this == FAILED || this == STOPPED;
    }
}
