package org.mlxspring.engine.text.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Words met lately and their tokens: one per place, the newer in the place of the older, so never more than there are
 * places. Several threads use it without a lock; what one of them puts another sees late or not at all, but whole, as
 * its fields are final.
 */
final class WordCache {

    private static final int PLACES = 1 << 16;
    /** Longer words are rare and not worth their memory. */
    private static final int LONGEST = 64;

    private record Word(char[] text, int[] ids) {}

    private final @Nullable Word[] words = new Word[PLACES];

    /** The tokens of a word that is part of a text, or an empty array when they are not known. */
    int[] find(char[] text, int start, int end) {
        Word word = words[place(text, start, end)];
        return word != null && Arrays.equals(word.text, 0, word.text.length, text, start, end) ? word.ids : NONE;
    }

    static final int[] NONE = new int[0];

    void put(char[] text, int start, int end, int[] ids) {
        if (end - start <= LONGEST) {
            words[place(text, start, end)] = new Word(Arrays.copyOfRange(text, start, end), ids);
        }
    }

    private static int place(char[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        hash *= 0x9e3779b9;
        return hash >>> 16;
    }
}
