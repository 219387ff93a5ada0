package org.mlxspring.autoconfigure.check;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.mlxspring.engine.data.ChatRow;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.Row;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TextRow;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.text.Tokenizer;

/**
 * Counts the tokens of rows with a model's tokenizer and chat template, and finds rows that the length limit cuts, and those
 * whose answer begins only behind it. Of a preference both answers count, and the longer one is its length.
 */
final class TokenLimit implements RowMeasure {

    private final RowTokenizer whole;
    private final RowTokenizer answered;
    private final RowTokenizer preferences;
    private final int limit;

    /** @param limit tokens of a row that training keeps */
    TokenLimit(Tokenizer tokenizer, int limit) {
        this.limit = limit;
        whole = new RowTokenizer(tokenizer, LossMask.ROW);
        answered = new RowTokenizer(tokenizer, LossMask.PROMPT);
        preferences = RowTokenizer.ofPreferences(tokenizer);
    }

    @Override
    public LengthUnit unit() {
        return LengthUnit.TOKENS;
    }

    @Override
    public OptionalInt length(CheckedRow row, Consumer<CheckFinding> found) {
        try {
            List<TokenizedRow> tokenized = tokenizer(row.row()).tokenize(row.row());
            for (int i = 0; i < tokenized.size(); i++) {
                requireWithinLimit(row, tokenized.get(i), i == 0 ? "" : " with the rejected answer", found);
            }
            return tokenized.stream().mapToInt(each -> each.tokens().length).max();
        } catch (RowRefusal e) {
            // A template may put the row's text into its message, so that is not told.
            found.accept(CheckFinding.of(
                    CheckName.REFUSED_BY_MODEL, row.id(), "the chat template or the tokenizer refuses the row"));
            return OptionalInt.empty();
        }
    }

    private RowTokenizer tokenizer(Row row) {
        return switch (row) {
            case PreferenceRow preference -> preferences;
            case TextRow text -> whole;
            // A lone message has no prompt that could be told from its answer.
            case ChatRow chat when chat.messages().size() == 1 -> whole;
            default -> answered;
        };
    }

    private void requireWithinLimit(
            CheckedRow row, TokenizedRow tokenized, String which, Consumer<CheckFinding> found) {
        int length = tokenized.tokens().length;
        if (length <= limit) {
            return;
        }
        found.accept(CheckFinding.of(
                CheckName.CUT_AT_LIMIT, row.id(), length + " tokens" + which + ", the limit is " + limit));
        int[] targets = tokenized.targets();
        if (targets.length > 0 && targets[0] >= limit) {
            found.accept(CheckFinding.of(
                    CheckName.ANSWER_CUT_AWAY,
                    row.id(),
                    "the answer begins after " + targets[0] + " tokens" + which + ", the limit is " + limit));
        }
    }
}
