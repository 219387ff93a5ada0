package org.mlxspring.autoconfigure.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.text.Tokenizer;

/** Lengths in tokens of a small Llama, whose chat template refuses what is out of order. */
class TokenLimitTest {

    private static final Path MODEL = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");
    private static final Tokenizer TOKENIZER = Tokenizer.load(MODEL);
    private static final String PROMPT = "a question of some length";
    private static final String ANSWER = "an answer that is a little longer than the question";
    private static final CheckedRow ROW =
            Rows.row(4, "{\"prompt\":\"" + PROMPT + "\",\"completion\":\"" + ANSWER + "\"}");

    private final List<CheckFinding> findings = new ArrayList<>();

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @Test
    void aRowWithinTheLimitIsOnlyMeasured() {
        assertThat(measured(ROW, length())).hasValue(length());
        assertThat(findings).isEmpty();
    }

    @Test
    void aRowBeyondTheLimitIsCut() {
        measured(ROW, length() - 1);
        assertThat(findings)
                .containsExactly(CheckFinding.of(
                        CheckName.CUT_AT_LIMIT, 4, length() + " tokens, the limit is " + (length() - 1)));
    }

    @Test
    void aRowWhoseAnswerBeginsBehindTheLimitIsCutAway() {
        measured(ROW, 3);
        assertThat(findings)
                .extracting(CheckFinding::check)
                .containsExactly(CheckName.CUT_AT_LIMIT, CheckName.ANSWER_CUT_AWAY);
    }

    @Test
    void bothAnswersOfAPreferenceAreMeasured() {
        CheckedRow preference = Rows.row(
                5, "{\"prompt\":\"" + PROMPT + "\",\"chosen\":\"short\",\"rejected\":\"" + ANSWER + ANSWER + "\"}");
        int longer = measured(preference, 100_000).orElseThrow();
        measured(preference, longer - 1);
        assertThat(findings)
                .extracting(CheckFinding::detail)
                .containsExactly(longer + " tokens with the rejected answer, the limit is " + (longer - 1));
    }

    @Test
    void plainTextAndLoneMessagesAreMeasured() {
        assertThat(measured(Rows.row(6, "{\"text\":\"" + ANSWER + "\"}"), 100)).isPresent();
        assertThat(measured(Rows.chat("assistant:" + ANSWER), 100)).isPresent();
        assertThat(findings).isEmpty();
    }

    private int length() {
        return new TokenLimit(TOKENIZER, 100_000).length(ROW, finding -> {}).orElseThrow();
    }

    private OptionalInt measured(CheckedRow row, int limit) {
        return new TokenLimit(TOKENIZER, limit).length(row, findings::add);
    }
}
