package org.mlxspring.engine.text.bpe;

import java.util.List;

/** One part of a pattern and all that follows it, matched by trying and going back as Oniguruma does. */
sealed interface Matcher {

    /**
     * Where a match that begins at a place ends.
     *
     * @param end the place after the last character that may be looked at
     * @return -1 when there is no match
     */
    int match(char[] text, int at, int end);

    static int codePoint(char[] text, int at, int end) {
        char first = text[at];
        return Character.isHighSurrogate(first) && at + 1 < end && Character.isLowSurrogate(text[at + 1])
                ? Character.toCodePoint(first, text[at + 1])
                : first;
    }

    /** The end of the pattern. */
    record Found() implements Matcher {

        @Override
        public int match(char[] text, int at, int end) {
            return at;
        }
    }

    /** One character of a set, {@code least} to {@code most} times, as often as possible. */
    record Repeated(CharSet set, int least, int most, Matcher next) implements Matcher {

        @Override
        public int match(char[] text, int at, int end) {
            int i = at;
            int count = 0;
            while (count < most && i < end) {
                int c = codePoint(text, i, end);
                if (!set.has(c)) {
                    break;
                }
                i += Character.charCount(c);
                count++;
            }
            while (count >= least) {
                int found = next.match(text, i, end);
                if (found >= 0 || count == 0) {
                    return found;
                }
                i -= i - at > 1 && Character.isLowSurrogate(text[i - 1]) && Character.isHighSurrogate(text[i - 2])
                        ? 2
                        : 1;
                count--;
            }
            return -1;
        }
    }

    /** The first of several that matches. */
    record FirstOf(List<Matcher> choices) implements Matcher {

        @Override
        public int match(char[] text, int at, int end) {
            for (int i = 0; i < choices.size(); i++) {
                int found = choices.get(i).match(text, at, end);
                if (found >= 0) {
                    return found;
                }
            }
            return -1;
        }
    }

    /** Goes on where something does not follow. */
    record NotBefore(Matcher refused, Matcher next) implements Matcher {

        @Override
        public int match(char[] text, int at, int end) {
            return refused.match(text, at, end) >= 0 ? -1 : next.match(text, at, end);
        }
    }
}
