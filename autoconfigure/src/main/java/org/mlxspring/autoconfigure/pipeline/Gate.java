package org.mlxspring.autoconfigure.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mlxspring.autoconfigure.run.Decision;
import org.mlxspring.autoconfigure.run.RunScore;

/**
 * Decides whether a candidate becomes the champion: its loss must be lower than that of the champion (of the base model
 * while there is none), and its exact match must not be lower.
 */
final class Gate {

    static final String BASE = "base";
    static final String CHAMPION = "champion";
    static final String CANDIDATE = "candidate";

    private Gate() {}

    /** @param reason the numbers behind the decision, in a sentence */
    record Verdict(Decision decision, String reason) {}

    static Verdict decide(List<RunScore> scores) {
        RunScore candidate = score(scores, CANDIDATE)
                .orElseThrow(() -> new IllegalArgumentException("The evaluation has no score of the candidate."));
        RunScore rival = score(scores, CHAMPION)
                .or(() -> score(scores, BASE))
                .orElseThrow(() -> new IllegalArgumentException("The evaluation has no score to compare with."));
        String against = rival.name().equals(CHAMPION) ? "the champion's" : "the base model's";
        boolean lowerLoss = candidate.loss() < rival.loss();
        boolean exactEnough = candidate.exactMatch() >= rival.exactMatch();
        String losses = String.format(
                Locale.ROOT,
                "the candidate's loss %.4f is %slower than %s %.4f",
                candidate.loss(),
                lowerLoss ? "" : "not ",
                against,
                rival.loss());
        String exact = String.format(
                Locale.ROOT,
                "its exact match %.1f %% is %s than %s %.1f %%",
                100 * candidate.exactMatch(),
                exactEnough ? "not lower" : "lower",
                against,
                100 * rival.exactMatch());
        boolean promoted = lowerLoss && exactEnough;
        String joint = lowerLoss == exactEnough ? " and " : ", but ";
        return new Verdict(
                promoted ? Decision.PROMOTED : Decision.KEPT,
                (promoted ? "Promoted: " : "Kept back: ") + losses + joint + exact + ".");
    }

    /** The champion's version that the candidate was compared with; empty where it was the base model. */
    static Optional<Integer> rival(List<RunScore> scores) {
        return score(scores, CHAMPION).map(RunScore::version);
    }

    static Optional<RunScore> score(List<RunScore> scores, String name) {
        return scores.stream().filter(score -> score.name().equals(name)).findFirst();
    }
}
