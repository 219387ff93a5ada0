package org.mlxspring.autoconfigure.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mlxspring.autoconfigure.run.Decision;
import org.mlxspring.autoconfigure.run.RunScore;

class GateTest {

    @Test
    void aBetterCandidateIsPromotedOverTheBaseModel() {
        Gate.Verdict verdict = Gate.decide(List.of(score("base", 2.7, 0.03), score("candidate", 0.41, 0.917)));
        assertThat(verdict.decision()).isEqualTo(Decision.PROMOTED);
        assertThat(verdict.reason())
                .isEqualTo("Promoted: the candidate's loss 0.4100 is lower than the base model's 2.7000 and its exact"
                        + " match 91.7 % is not lower than the base model's 3.0 %.");
    }

    @Test
    void theChampionIsTheRivalOnceThereIsOne() {
        Gate.Verdict verdict = Gate.decide(
                List.of(score("base", 2.7, 0.03), score("champion", 0.4, 0.9), score("candidate", 0.41, 0.95)));
        assertThat(verdict.decision()).isEqualTo(Decision.KEPT);
        assertThat(verdict.reason()).contains("0.4100 is not lower than the champion's 0.4000, but its exact match");
    }

    @Test
    void fewerExactAnswersAreNotMadeUpForByALowerLoss() {
        assertThat(Gate.decide(List.of(score("base", 2.7, 0.5), score("candidate", 0.4, 0.4)))
                        .decision())
                .isEqualTo(Decision.KEPT);
    }

    @Test
    void aLossThatIsNotANumberIsNotLower() {
        assertThat(Gate.decide(List.of(score("base", 2.7, 0), score("candidate", Double.NaN, 1)))
                        .decision())
                .isEqualTo(Decision.KEPT);
    }

    private static RunScore score(String name, double loss, double exactMatch) {
        return new RunScore(name, null, 10, loss, Math.exp(loss), 10, exactMatch, List.of());
    }
}
