package org.mlxspring.autoconfigure.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mlxspring.autoconfigure.problem.ProblemException;

/** Which part of the pipeline a run goes through. */
public enum RunJob {
    /** All four, one after the other. */
    PIPELINE,
    /** Tokenizes the rows. */
    PREPARE,
    /** Trains. */
    TRAIN,
    /** Judges the adapter that the last run of the same model and dataset trained. */
    EVALUATE,
    /** Fuses the adapter that the last evaluation of the same model and dataset promoted. */
    FUSE;

    /** The name in requests and views, which is also that of the Batch job: {@code pipeline}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it learns from rows, or prepares them for that. */
    boolean trains() {
        return this == PIPELINE || this == PREPARE || this == TRAIN;
    }

    /** @throws ProblemException if there is no such job; it lists those there are */
    public static RunJob of(String label) {
        for (RunJob job : values()) {
            if (job.label().equals(label)) {
                return job;
            }
        }
        String known = Arrays.stream(values()).map(RunJob::label).collect(Collectors.joining(", "));
        throw ProblemException.invalid(
                "Unknown job", "job is '" + label + "'; it must be one of " + known + ".", Map.of("field", "job"));
    }
}
