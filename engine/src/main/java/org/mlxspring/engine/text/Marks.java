package org.mlxspring.engine.text;

import java.util.ArrayList;
import java.util.List;

/** Which tokens hold the marked parts of a text. */
final class Marks {

    private Marks() {}

    /**
     * The tokens that share a character with a part. transformers takes those from the first that holds the part's
     * first character to the first that holds its last; so it leaves out bytes of a last character that is several
     * tokens, which are taken here.
     *
     * @param parts of the text, in their order
     * @param tokens with the characters of each
     */
    static List<Span> tokens(List<Span> parts, PlacedTokens tokens) {
        List<Span> marked = new ArrayList<>();
        int start = -1;
        int count = tokens.ids().length;
        for (int i = 0; i <= count; i++) {
            boolean inside = i < count && holdsAny(parts, tokens.starts()[i], tokens.ends()[i]);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                marked.add(new Span(start, i));
                start = -1;
            }
        }
        return marked;
    }

    private static boolean holdsAny(List<Span> parts, int start, int end) {
        return parts.stream().anyMatch(part -> start < part.end() && part.start() < end);
    }
}
