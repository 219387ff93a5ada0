package org.mlxspring.autoconfigure.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.autoconfigure.check.Rows.chat;
import static org.mlxspring.autoconfigure.check.Rows.findings;
import static org.mlxspring.autoconfigure.check.Rows.row;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in rows that are looked at alone. */
class RowChecksTest {

    @Test
    void emptyTurnsAndAnswersAreFound() {
        assertThat(findings(new TurnCheck(), chat("user:hello", "assistant: \n")))
                .containsExactly(CheckFinding.of(CheckName.EMPTY_ANSWER, 1, "turn 2 of 2"));
        assertThat(findings(new TurnCheck(), chat("system:", "user:hello", "assistant:hi")))
                .containsExactly(CheckFinding.of(CheckName.EMPTY_TURN, 1, "turn 1 of 3"));
        assertThat(findings(new TurnCheck(), row(7, "{\"prompt\":\"p\",\"completion\":\"\"}")))
                .containsExactly(CheckFinding.of(CheckName.EMPTY_ANSWER, 7, "turn 2 of 2"));
        assertThat(findings(new TurnCheck(), row(7, "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\" \"}")))
                .containsExactly(CheckFinding.of(CheckName.EMPTY_ANSWER, 7, "rejected answer"));
        assertThat(findings(new TurnCheck(), chat("user:find it", "call:", "tool:found", "assistant:there")))
                .isEmpty();
    }

    @Test
    void repeatedTurnsAreFound() {
        assertThat(findings(new TurnCheck(), chat("user:a", "assistant:b", "user:a ", "assistant:c")))
                .containsExactly(CheckFinding.of(CheckName.REPEATED_TURN, 1, "turn 3 says what turn 1 says"));
        assertThat(findings(new TurnCheck(), chat("user:a", "assistant:a")))
                .containsExactly(CheckFinding.of(CheckName.REPEATED_TURN, 1, "turn 2 says what turn 1 says"));
        assertThat(findings(
                        new TurnCheck(),
                        chat("user:a", "assistant:b", "user:c", "assistant:d", "user:e", "assistant:b")))
                .isEmpty();
    }

    @Test
    void rightOrdersOfRolesAreNotFound() {
        for (CheckedRow right : List.of(
                chat("user:a", "assistant:b"),
                chat("system:s", "user:a", "assistant:b", "user:c", "assistant:d"),
                chat("developer:s", "user:a", "call:", "tool:1", "tool:2", "assistant:b"),
                chat("user:a", "call:x", "tool:1", "call:y", "tool:2", "assistant:b"),
                row(1, "{\"prompt\":\"p\",\"completion\":\"c\"}"),
                row(1, "{\"text\":\"t\"}"),
                row(1, "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}"))) {
            assertThat(findings(new RoleOrderCheck(), right)).as(right.json()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,system,assistant",
                "system,system,user,assistant",
                "system,assistant",
                "user,user,assistant",
                "user,assistant,assistant",
                "user,assistant,tool,assistant",
                "user,call,user,assistant",
                "user,call,assistant",
                "user,call,tool,user,assistant",
                "user,call,tool",
                "user,call",
                "user,assistant,user",
                "assistant"
            })
    void wrongOrdersOfRolesAreFoundOnce(String roles) {
        String[] turns = IntStream.range(0, roles.split(",").length)
                .mapToObj(i -> roles.split(",")[i] + ":t" + i)
                .toArray(String[]::new);
        assertThat(findings(new RoleOrderCheck(), chat(turns)))
                .singleElement()
                .extracting(CheckFinding::check)
                .isEqualTo(CheckName.ROLE_ORDER);
    }

    @Test
    void aWrongOrderSaysWhereAndWhatIsWanted() {
        assertThat(findings(new RoleOrderCheck(), chat("user:a", "user:b", "assistant:c")))
                .extracting(CheckFinding::detail)
                .containsExactly("turn 2: the user after the user; wanted is the assistant");
    }

    @Test
    void aPreferenceOfTwoEqualAnswersIsFound() {
        assertThat(findings(new PreferenceCheck(), row(3, "{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"a\"}")))
                .containsExactly(
                        CheckFinding.of(CheckName.LABEL_NOISE, 3, "the chosen and the rejected answer are the same"));
    }
}
