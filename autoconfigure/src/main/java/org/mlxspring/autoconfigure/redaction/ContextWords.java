package org.mlxspring.autoconfigure.redaction;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Words whose nearness gives a number its meaning. Looked for without regard to case, as whole words; a word of an
 * identifier such as {@code customerSsn} or {@code tax_id} counts. A word that ends in {@code *} may go on.
 */
final class ContextWords {

    private static final int BEFORE = 60;
    private static final int AFTER = 25;

    private record Word(String text, boolean mayGoOn) {}

    private final Map<Character, List<Word>> byFirstLetter;

    private ContextWords(List<Word> words) {
        this.byFirstLetter = words.stream().collect(Collectors.groupingBy(word -> folded(word.text.charAt(0))));
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
        return lastBefore(text, at, distance) >= 0;
    }

    /** Where the last such word begins; -1 if there is none. */
    int lastBefore(String text, int at, int distance) {
        for (int i = at - 1; i >= Math.max(0, at - distance); i--) {
            if (begins(text, i) && isAt(text, i, at)) {
                return i;
            }
        }
        return -1;
    }

    private boolean in(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (begins(text, i) && isAt(text, i, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(String text, int at, int to) {
        for (Word word : byFirstLetter.getOrDefault(folded(text.charAt(at)), List.of())) {
            if (matches(text, at, to, word)) {
                return true;
            }
        }
        return false;
    }

    private static char folded(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static boolean matches(String text, int at, int to, Word word) {
        int end = at + word.text.length();
        return end <= to
                && text.regionMatches(true, at, word.text, 0, word.text.length())
                && (word.mayGoOn || ends(text, end));
    }

    private static boolean begins(String text, int at) {
        return Character.isLetter(text.charAt(at))
                && (at == 0
                        || !Character.isLetter(text.charAt(at - 1))
                        || Character.isLowerCase(text.charAt(at - 1)) && Character.isUpperCase(text.charAt(at)));
    }

    private static boolean ends(String text, int end) {
        return end == text.length()
                || !Character.isLetter(text.charAt(end))
                || Character.isLowerCase(text.charAt(end - 1)) && Character.isUpperCase(text.charAt(end));
    }
}
