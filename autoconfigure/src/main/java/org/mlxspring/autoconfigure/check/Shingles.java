package org.mlxspring.autoconfigure.check;

import java.util.function.IntConsumer;

/**
 * The pieces of five characters that a text consists of, by which texts are compared: letters in lower case and digits,
 * everything between them one space. Characters rather than words, so that it holds for scripts without spaces, too.
 */
final class Shingles {

    static final int LENGTH = 5;

    private final SipHash hash;

    Shingles(SipHash hash) {
        this.hash = hash;
    }

    /** Tells the hash of every piece; of a shorter text that of the whole, and of one without letters and digits none. */
    void of(String text, IntConsumer sink) {
        CharSequence plain = plain(text);
        if (plain.isEmpty()) {
            return;
        }
        int last = Math.max(0, plain.length() - LENGTH);
        for (int i = 0; i <= last; i++) {
            sink.accept((int) hash.of(plain, i, Math.min(i + LENGTH, plain.length())));
        }
    }

    private static CharSequence plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (!Character.isLetterOrDigit(character)) {
                gap = !plain.isEmpty();
                continue;
            }
            if (gap) {
                plain.append(' ');
                gap = false;
            }
            plain.appendCodePoint(Character.toLowerCase(character));
        }
        return plain;
    }
}
