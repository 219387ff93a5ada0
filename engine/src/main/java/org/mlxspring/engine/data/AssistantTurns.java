package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mlxspring.engine.text.PlacedTokens;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.jinja.Rendering;
import org.mlxspring.engine.text.jinja.Rendering.Section;

/**
 * Which tokens of a conversation are what the assistant says, turn by turn: its content and the token that ends the
 * turn, without the header before it.
 *
 * <p>A template can say so itself, between {@code generation} and {@code endgeneration}; then its word counts, as with
 * {@code return_assistant_tokens_mask} of Hugging Face's transformers. With any other, a turn begins where the
 * conversation before it ends with its generation prompt, and ends where the conversation up to it ends.
 */
final class AssistantTurns {

    private final ChatRow row;
    private final Tokenizer tokenizer;
    private final Rendering whole;
    private final PlacedTokens tokens;

    AssistantTurns(ChatRow row, Tokenizer tokenizer) {
        this.row = row;
        this.tokenizer = tokenizer;
        this.whole = tokenizer.renderMarked(row.messages(), row.tools());
        this.tokens = tokenizer.encodePlaced(whole.text());
    }

    /** Token ids of the whole conversation. */
    int[] tokens() {
        return tokens.ids();
    }

    /**
     * Sets the marks of the tokens of some turns.
     *
     * @param unlearned whether those with the weight 0 are meant, or else all others
     * @param marks one per token
     */
    void mark(boolean unlearned, boolean[] marks, boolean value) throws RowRefusal {
        for (int message = 0; message < row.messages().size(); message++) {
            boolean spoken = "assistant".equals(row.messages().get(message).get("role"));
            if (spoken && row.unlearned().contains(message) == unlearned) {
                for (int[] span : spans(message)) {
                    for (int token = span[0]; token < span[1]; token++) {
                        marks[token] = value;
                    }
                }
            }
        }
    }

    private List<int[]> spans(int message) throws RowRefusal {
        if (whole.generated().isEmpty()) {
            return List.of(turn(message));
        }
        List<int[]> spans = new ArrayList<>();
        for (Section section : generated(message)) {
            spans.add(new int[] {firstAfter(section.start()), firstFrom(section.end())});
        }
        return spans;
    }

    /** The sections of a message: those that its conversation has more than the one before it. */
    private List<Section> generated(int message) throws RowRefusal {
        List<Map<String, Object>> messages = row.messages();
        int assistants = Math.toIntExact(messages.stream()
                .filter(each -> "assistant".equals(each.get("role")))
                .count());
        if (whole.generated().size() == assistants) {
            int place = Math.toIntExact(messages.subList(0, message).stream()
                    .filter(each -> "assistant".equals(each.get("role")))
                    .count());
            return whole.generated().subList(place, place + 1);
        }
        int from = sections(message);
        int to = message + 1 == messages.size() ? whole.generated().size() : sections(message + 1);
        if (from > to || to > whole.generated().size()) {
            throw rewritten(message);
        }
        return whole.generated().subList(from, to);
    }

    private int sections(int messages) {
        return messages == 0
                ? 0
                : tokenizer
                        .renderMarked(row.messages().subList(0, messages), row.tools())
                        .generated()
                        .size();
    }

    private int[] turn(int message) throws RowRefusal {
        List<Map<String, Object>> messages = row.messages();
        String text = whole.text();
        String before = tokenizer.renderChat(messages.subList(0, message), row.tools(), true);
        if (!text.startsWith(before)) {
            throw rewritten(message);
        }
        boolean last = message + 1 == messages.size();
        String after = last ? text : tokenizer.renderChat(messages.subList(0, message + 1), row.tools(), false);
        int from = firstAfter(before.length());
        int to = firstAfter(common(text, after));
        int ended = end(from, to);
        if (ended > 0) {
            return new int[] {from, ended};
        }
        // A template may close a conversation with more than the turn's end, but must not change the turn itself.
        if (!text.startsWith(after)) {
            throw rewritten(message);
        }
        boolean endsNext = to < tokens.ids().length && tokenizer.endTokens().contains(tokens.ids()[to]);
        return new int[] {from, endsNext ? to + 1 : to};
    }

    /** After the token that ends the turn, white space behind it left out; 0 when it does not end with one. */
    private int end(int from, int to) {
        int ended = 0;
        for (int token = to - 1; token >= from; token--) {
            if (tokenizer.endTokens().contains(tokens.ids()[token])) {
                ended = token + 1;
            } else if (!whole.text()
                    .substring(tokens.starts()[token], tokens.ends()[token])
                    .isBlank()) {
                return ended;
            }
        }
        return ended;
    }

    private RowRefusal rewritten(int message) {
        return new RowRefusal("has an assistant's turn (message " + (message + 1) + ") that the chat template of "
                + tokenizer.folder() + " writes differently when other messages follow it, as those do that leave out"
                + " the thinking of earlier turns; where it begins and ends is then unknown. Use loss_mask prompt, with"
                + " one row for each answer to be learned, and no message with \"weight\" 0");
    }

    /** The first token that stands, at least in part, after a place in the text. */
    private int firstAfter(int place) {
        return IntStream.range(0, tokens.ids().length)
                .filter(token -> tokens.ends()[token] > place)
                .findFirst()
                .orElse(tokens.ids().length);
    }

    /** The first token that begins at or after a place in the text. */
    private int firstFrom(int place) {
        return IntStream.range(0, tokens.ids().length)
                .filter(token -> tokens.starts()[token] >= place)
                .findFirst()
                .orElse(tokens.ids().length);
    }

    private static int common(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int i = 0;
        while (i < shorter && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        return i;
    }
}
