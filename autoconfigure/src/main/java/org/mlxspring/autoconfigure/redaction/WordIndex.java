package org.mlxspring.autoconfigure.redaction;

import java.util.Collection;

/**
 * Finds the longest of many words or phrases that begins at a place. The entries lie sorted in one array, and each further
 * character of the text narrows the stretch of it that may still match, as a trie does, in no more memory than the words.
 */
final class WordIndex {

    private final String[] entries;
    private final boolean caseSensitive;

    /** @param words not blank; a space in one stands for a space of any kind */
    WordIndex(Collection<String> words, boolean caseSensitive) {
        this.caseSensitive = caseSensitive;
        this.entries = words.stream()
                .map(word -> folded(word.strip()))
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    /** Where the longest entry that begins here ends, followed by no letter or digit; -1 if there is none. */
    int longestAt(String text, int start) {
        int low = 0;
        int high = entries.length;
        int end = -1;
        for (int depth = 0; low < high; depth++) {
            if (entries[low].length() == depth) {
                end = depth > 0 && Chars.endsWord(text, start + depth) ? start + depth : end;
                low++;
            }
            if (low == high || start + depth >= text.length()) {
                break;
            }
            char c = folded(text.charAt(start + depth));
            low = firstNotBelow(low, high, depth, c);
            high = firstNotBelow(low, high, depth, c + 1);
        }
        return end;
    }

    /** The first entry from low on, all longer than depth, whose character at that depth is not below the given one. */
    private int firstNotBelow(int low, int high, int depth, int c) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = from + to >>> 1;
            if (entries[middle].charAt(depth) < c) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    String folded(String word) {
        char[] chars = word.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = folded(chars[i]);
        }
        return new String(chars);
    }

    private char folded(char c) {
        if (Character.isWhitespace(c) || Chars.space(c)) {
            return ' ';
        }
        return caseSensitive ? c : Character.toLowerCase(Character.toUpperCase(c));
    }
}
