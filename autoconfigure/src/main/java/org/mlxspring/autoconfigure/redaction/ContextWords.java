package org.mlxspring.autoconfigure.redaction;

import java.util.List;

/**
 * Words whose nearness gives a number its meaning. Looked for without regard to case, as whole words; a word of an
 * identifier such as {@code customerSsn} or {@code tax_id} counts. A word that ends in {@code *} may go on.
 */
final class ContextWords {

    private static final int BEFORE = 60;
    private static final int AFTER = 25;

    private record Word(String text, boolean mayGoOn) {}

    private final List<Word> words;

    private ContextWords(List<Word> words) {
        this.words = words;
    }

    static ContextWords of(String... words) {
        return new ContextWords(List.of(words).stream()
                .map(word -> word.endsWith("*")
                        ? new Word(word.substring(0, word.length() - 1), true)
                        : new Word(word, false))
                .toList());
    }

    /** Whether a word stands within 60 characters before the stretch or 25 after it. */
    boolean near(String text, int start, int end) {
        return in(text, Math.max(0, start - BEFORE), start) || in(text, end, Math.min(text.length(), end + AFTER));
    }

    /** Whether a word begins within so many characters before the place and ends before it. */
    boolean before(String text, int at, int distance) {
        return in(text, Math.max(0, at - distance), at);
    }

    private boolean in(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLetter(text.charAt(i)) && begins(text, i)) {
                for (Word word : words) {
                    if (matches(text, i, to, word)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean matches(String text, int at, int to, Word word) {
        int end = at + word.text.length();
        return end <= to
                && text.regionMatches(true, at, word.text, 0, word.text.length())
                && (word.mayGoOn || ends(text, end));
    }

    private static boolean begins(String text, int at) {
        return at == 0
                || !Character.isLetter(text.charAt(at - 1))
                || Character.isLowerCase(text.charAt(at - 1)) && Character.isUpperCase(text.charAt(at));
    }

    private static boolean ends(String text, int end) {
        return end == text.length()
                || !Character.isLetter(text.charAt(end))
                || Character.isLowerCase(text.charAt(end - 1)) && Character.isUpperCase(text.charAt(end));
    }
}
