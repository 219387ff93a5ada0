package org.mlxspring.autoconfigure.check;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How dataset versions are checked.
 *
 * @param blocking Checks whose findings block a version, so that runs refuse it; empty for none. The others only tell.
 * @param off Checks that are not made.
 * @param model Base model of mlx.models whose tokenizer and chat template count the tokens of rows. Without it: the only
 *     one of mlx.models; where there are none or several, rows are not compared with the length limit.
 * @param maxSeqLength Tokens of a row that training keeps.
 * @param nearDuplicateSimilarity Similarity of two rows from which on they are nearly the same, above 0.5, at most 1.
 * @param minTrainRows Rows that the training split should have.
 * @param minValidRows Rows that the validation split should have.
 * @param minTestRows Rows that the test split should have.
 * @param maxFindings Findings of each check that are kept in the database; all of them are counted.
 */
@ConfigurationProperties("mlx.datasets.checks")
public record CheckProperties(
        @DefaultValue({"empty-answer", "in-train-and-held-out", "secret"})
        Set<CheckName> blocking,

        @DefaultValue Set<CheckName> off,
        @Nullable String model,
        @DefaultValue("2048") int maxSeqLength,
        @DefaultValue("0.9") double nearDuplicateSimilarity,
        @DefaultValue("100") int minTrainRows,
        @DefaultValue("10") int minValidRows,
        @DefaultValue("10") int minTestRows,
        @DefaultValue("1000") int maxFindings) {

    private static final int MOST_FINDINGS = 100_000;

    /** @throws IllegalArgumentException if a value is out of range; the message names the property */
    public CheckProperties {
        blocking = copy(blocking);
        off = copy(off);
        require(maxSeqLength >= 2, "max-seq-length is " + maxSeqLength + "; it must be at least 2.");
        require(
                nearDuplicateSimilarity > 0.5 && nearDuplicateSimilarity <= 1,
                "near-duplicate-similarity is " + nearDuplicateSimilarity + "; it must be above 0.5 and at most 1.");
        require(
                maxFindings >= 0 && maxFindings <= MOST_FINDINGS,
                "max-findings is " + maxFindings + "; it must be from 0 to " + MOST_FINDINGS + ".");
    }

    private static Set<CheckName> copy(Set<CheckName> names) {
        EnumSet<CheckName> copy = EnumSet.noneOf(CheckName.class);
        copy.addAll(names);
        return Collections.unmodifiableSet(copy);
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException("mlx.datasets.checks." + message);
        }
    }
}
