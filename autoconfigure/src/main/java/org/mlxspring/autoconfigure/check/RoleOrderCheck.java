package org.mlxspring.autoconfigure.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds conversations whose turns are not in the order that chat templates demand: a system message first only, then user
 * and assistant in turn, a tool's answers after the call, and the assistant last.
 */
final class RoleOrderCheck implements RowCheck {

    @Override
    public void check(CheckedRow row, Consumer<CheckFinding> found) {
        row.conversations().stream()
                .flatMap(turns -> problem(turns).stream())
                .findFirst()
                .ifPresent(problem -> found.accept(CheckFinding.of(CheckName.ROLE_ORDER, row.id(), problem)));
    }

    /** The first thing that is out of order; empty where nothing is. */
    static Optional<String> problem(List<Turn> turns) {
        Speaker before = Speaker.NOBODY;
        for (int i = 0; i < turns.size(); i++) {
            Speaker speaker = Speaker.of(turns.get(i));
            if (!speaker.mayFollow(before)) {
                return Optional.of("turn " + (i + 1) + ": " + speaker.words + " " + before.after + "; "
                        + (i == 0 ? "wanted is the user" : "wanted is " + before.wanted));
            }
            before = speaker;
        }
        return before == Speaker.ASSISTANT
                ? Optional.empty()
                : Optional.of("the last turn is " + before.words + "; wanted is the assistant");
    }

    private enum Speaker {
        NOBODY("nobody", "first", "the user"),
        SYSTEM("the system", "after the system", "the user"),
        USER("the user", "after the user", "the assistant"),
        ASSISTANT("the assistant", "after the assistant", "the user"),
        CALLING_ASSISTANT("the assistant calling a tool", "after a call of a tool", "the tool's answer"),
        TOOL("a tool", "after a tool", "the assistant");

        private final String words;
        private final String after;
        private final String wanted;

        Speaker(String words, String after, String wanted) {
            this.words = words;
            this.after = after;
            this.wanted = wanted;
        }

        static Speaker of(Turn turn) {
            return switch (turn.role()) {
                case "system", "developer" -> SYSTEM;
                case "user" -> USER;
                case "tool", "function", "ipython", "observation" -> TOOL;
                default -> turn.callsTools() ? CALLING_ASSISTANT : ASSISTANT;
            };
        }

        boolean mayFollow(Speaker before) {
            return switch (this) {
                case NOBODY -> false;
                case SYSTEM -> before == NOBODY;
                case USER -> before == NOBODY || before == SYSTEM || before == ASSISTANT;
                case ASSISTANT, CALLING_ASSISTANT -> before == USER || before == TOOL;
                case TOOL -> before == CALLING_ASSISTANT || before == TOOL;
            };
        }
    }
}
