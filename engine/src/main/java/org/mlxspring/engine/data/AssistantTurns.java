package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.text.MarkedText;
import org.mlxspring.engine.text.PlacedTokens;
import org.mlxspring.engine.text.Span;
import org.mlxspring.engine.text.Tokenizer;

/**
 * Which tokens of a conversation are what the assistant says, turn by turn: its content and the token that ends the
 * turn, without the header before it.
 *
 * <p>A template can say so itself, between {@code generation} and {@code endgeneration}; then its word counts, as with
 * {@code return_assistant_tokens_mask} of Hugging Face's transformers. With any other, a turn begins where the
 * conversation before it ends with its generation prompt, and ends where the conversation up to it ends.
 */
final class AssistantTurns {

    private static final String WAY_OUT =
            ". Use loss_mask prompt, with one row for each answer to be learned, and no message with \"weight\" 0";

    /** A character that is in no text: of the private use area. */
    private static final String STAND_IN = "\uE0F1";

    private final ChatRow row;
    private final Tokenizer tokenizer;
    private final MarkedText whole;
    private final PlacedTokens tokens;

    AssistantTurns(ChatRow row, Tokenizer tokenizer) {
        this.row = row;
        this.tokenizer = tokenizer;
        this.whole = tokenizer.renderMarkedChat(row.messages(), row.tools(), Map.of());
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
        if (marked() && row.unlearned().isEmpty()) {
            List<Span> all = unlearned ? List.of() : whole.generated();
            all.forEach(part -> Arrays.fill(marks, firstAfter(part.start()), firstFrom(part.end()), value));
            return;
        }
        for (int message = 0; message < row.messages().size(); message++) {
            boolean spoken = "assistant".equals(row.messages().get(message).get("role"));
            if (spoken && row.unlearned().contains(message) == unlearned) {
                for (Span span : spans(message)) {
                    Arrays.fill(marks, span.start(), span.end(), value);
                }
            }
        }
    }

    private boolean marked() {
        return tokenizer.marksGenerated(!row.tools().isEmpty());
    }

    private List<Span> spans(int message) throws RowRefusal {
        if (!marked()) {
            return List.of(turn(message));
        }
        return marked(message).stream()
                .map(part -> new Span(firstAfter(part.start()), firstFrom(part.end())))
                .toList();
    }

    /** The marked parts of a message: those that the conversation has more with it than before it. */
    private List<Span> marked(int message) throws RowRefusal {
        int from = parts(message);
        int to = parts(message + 1);
        if (from > to || to > whole.generated().size()) {
            throw rewritten(message);
        }
        return whole.generated().subList(from, to);
    }

    private int parts(int messages) {
        if (messages == 0) {
            return 0;
        }
        return messages == row.messages().size()
                ? whole.generated().size()
                : tokenizer
                        .renderMarkedChat(row.messages().subList(0, messages), row.tools(), Map.of())
                        .generated()
                        .size();
    }

    private Span turn(int message) throws RowRefusal {
        List<Map<String, Object>> messages = row.messages();
        String text = whole.text();
        String before = tokenizer.renderChat(messages.subList(0, message), row.tools(), true);
        if (!text.startsWith(before)) {
            throw begunOtherwise(message);
        }
        boolean last = message + 1 == messages.size();
        String after = last ? text : tokenizer.renderChat(messages.subList(0, message + 1), row.tools(), false);
        int from = firstAfter(before.length());
        int to = firstAfter(common(text, after));
        int ended = end(from, to);
        if (ended > 0) {
            return new Span(from, ended);
        }
        // A template may close a conversation with more than the turn's end, but must not change the turn itself.
        if (!text.startsWith(after)) {
            return content(message).orElseThrow(() -> rewritten(message));
        }
        boolean endsNext = to < tokens.ids().length && tokenizer.endTokens().contains(tokens.ids()[to]);
        return new Span(from, endsNext ? to + 1 : to);
    }

    /**
     * A turn that is nothing but its content, found by putting another content in its place: what stays the same before
     * and behind is not the turn's. Serves templates that leave out the thinking of earlier turns, such as Qwen3's.
     */
    private Optional<Span> content(int message) {
        Map<String, Object> turn = row.messages().get(message);
        if (!(turn.get("content") instanceof String content)
                || content.isBlank()
                || turn.get("tool_calls") != null
                || turn.get("reasoning_content") != null
                || whole.text().contains(STAND_IN)) {
            return Optional.empty();
        }
        List<Map<String, Object>> other = new ArrayList<>(row.messages());
        Map<String, Object> replaced = new LinkedHashMap<>(turn);
        replaced.put("content", STAND_IN);
        other.set(message, replaced);
        String text = whole.text();
        String changed = tokenizer.renderChat(other, row.tools(), false);
        int start = changed.indexOf(STAND_IN);
        if (start < 0 || changed.indexOf(STAND_IN, start + 1) >= 0) {
            return Optional.empty();
        }
        String behind = changed.substring(start + STAND_IN.length());
        int end = text.length() - behind.length();
        boolean same = end >= start
                && text.startsWith(changed.substring(0, start))
                && text.endsWith(behind)
                && text.substring(start, end).strip().equals(content.strip());
        int from = firstAfter(start);
        int ended = firstFrom(end);
        while (same && ended < tokens.ids().length) {
            if (tokenizer.endTokens().contains(tokens.ids()[ended])) {
                return Optional.of(new Span(from, ended + 1));
            }
            same = tokenText(ended).isBlank();
            ended++;
        }
        return Optional.empty();
    }

    private String tokenText(int token) {
        return whole.text().substring(tokens.starts()[token], tokens.ends()[token]);
    }

    /** After the token that ends the turn, white space behind it left out; 0 when it does not end with one. */
    private int end(int from, int to) {
        int ended = 0;
        for (int token = to - 1; token >= from; token--) {
            if (tokenizer.endTokens().contains(tokens.ids()[token])) {
                ended = token + 1;
            } else if (!tokenText(token).isBlank()) {
                return ended;
            }
        }
        return ended;
    }

    private RowRefusal begunOtherwise(int message) {
        return new RowRefusal("has an assistant's turn (message " + (message + 1) + ") that does not begin as the"
                + " chat template of " + tokenizer.folder() + " lets the assistant begin, as with templates that"
                + " begin a thought for it, or that leave out parts of earlier turns; where the turn begins is then"
                + " unknown" + WAY_OUT);
    }

    private RowRefusal rewritten(int message) {
        return new RowRefusal("has an assistant's turn (message " + (message + 1) + ") that the chat template of "
                + tokenizer.folder() + " writes differently when other messages follow it, as those do that leave out"
                + " the thinking of earlier turns; where it begins and ends is then unknown" + WAY_OUT);
    }

    /** The first token that stands, at least in part, after a place in the text. */
    private int firstAfter(int place) {
        int token = 0;
        while (token < tokens.ids().length && tokens.ends()[token] <= place) {
            token++;
        }
        return token;
    }

    /** The first token that begins at or after a place in the text. */
    private int firstFrom(int place) {
        int token = 0;
        while (token < tokens.ids().length && tokens.starts()[token] < place) {
            token++;
        }
        return token;
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
