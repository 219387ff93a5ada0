package org.mlxspring.autoconfigure.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds turns that are empty, and turns that say again what was just said. */
final class TurnCheck implements RowCheck {

    @Override
    public void check(CheckedRow row, Consumer<CheckFinding> found) {
        List<List<Turn>> conversations = row.conversations();
        for (int i = 0; i < conversations.size(); i++) {
            List<Turn> turns = conversations.get(i);
            empty(row.id(), turns, i == 0, found);
            if (i == 0) {
                repeated(row.id(), turns, found);
            }
        }
    }

    /** @param better false for the worse answer of a preference, whose prompt was looked at with the better one */
    private static void empty(long row, List<Turn> turns, boolean better, Consumer<CheckFinding> found) {
        int last = turns.size() - 1;
        for (int i = better ? 0 : last; i <= last; i++) {
            if (turns.get(i).isEmpty()) {
                boolean answer = i == last && turns.get(i).isAssistants();
                found.accept(CheckFinding.of(
                        answer ? CheckName.EMPTY_ANSWER : CheckName.EMPTY_TURN,
                        row,
                        answer && !better ? "rejected answer" : "turn " + (i + 1) + " of " + turns.size()));
            }
        }
    }

    private static void repeated(long row, List<Turn> turns, Consumer<CheckFinding> found) {
        Map<String, Integer> lastOfRole = new HashMap<>();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            int earlier = lastOfRole.getOrDefault(turn.role(), -1);
            int same = says(turns, i - 1, turn) ? i - 1 : says(turns, earlier, turn) ? earlier : -1;
            if (same >= 0) {
                found.accept(CheckFinding.of(
                        CheckName.REPEATED_TURN, row, "turn " + (i + 1) + " says what turn " + (same + 1) + " says"));
            }
            lastOfRole.put(turn.role(), i);
        }
    }

    /** Calls of tools are not compared: the same one may well be made twice. */
    private static boolean says(List<Turn> turns, int index, Turn turn) {
        return index >= 0
                && !turn.text().isBlank()
                && !turn.callsTools()
                && turns.get(index).text().strip().equals(turn.text().strip());
    }
}
