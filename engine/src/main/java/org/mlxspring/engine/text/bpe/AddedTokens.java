package org.mlxspring.engine.text.bpe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens that are found in a text before anything else: of those that begin first the longest, as a trie of their
 * characters.
 */
final class AddedTokens {

    private static final CharSet SPACE = CharSet.whiteSpace();

    /**
     * @param stripsLeft whether white space before it is part of it
     * @param stripsRight whether white space behind it is part of it
     */
    record Added(String content, int id, boolean stripsLeft, boolean stripsRight) {}

    /** Where a token was found, with the white space it takes. */
    record Match(Added token, int start, int end) {}

    private static final class Node {

        private final Map<Character, Node> next = new HashMap<>();
        private Added found = NONE;
    }

    private static final Added NONE = new Added("", -1, false, false);

    private final Node root = new Node();
    /** Whether a token begins with a character below 128. */
    private final boolean[] begins = new boolean[128];

    private boolean beginsBeyond;

    AddedTokens(List<Added> tokens) {
        for (Added token : tokens) {
            Node node = root;
            for (char c : token.content().toCharArray()) {
                node = node.next.computeIfAbsent(c, _ -> new Node());
            }
            node.found = token;
            char first = token.content().charAt(0);
            if (first < begins.length) {
                begins[first] = true;
            } else {
                beginsBeyond = true;
            }
        }
    }

    /** The first token in a part of a text; its {@code id} is -1 and its place the end where there is none. */
    Match next(char[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (c < begins.length ? begins[c] : beginsBeyond) {
                Added found = longest(text, i, end);
                if (found != NONE) {
                    return widened(found, text, i, start, end);
                }
            }
        }
        return new Match(NONE, end, end);
    }

    private Added longest(char[] text, int at, int end) {
        Added found = NONE;
        Node node = root;
        for (int i = at; i < end; i++) {
            Node following = node.next.get(text[i]);
            if (following == null) {
                return found;
            }
            node = following;
            found = node.found == NONE ? found : node.found;
        }
        return found;
    }

    private static Match widened(Added token, char[] text, int at, int start, int end) {
        int from = at;
        while (token.stripsLeft() && from > start && SPACE.has(text[from - 1])) {
            from--;
        }
        int to = at + token.content().length();
        while (token.stripsRight() && to < end && SPACE.has(text[to])) {
            to++;
        }
        return new Match(token, from, to);
    }
}
