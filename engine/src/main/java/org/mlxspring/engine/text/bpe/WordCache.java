package org.mlxspring.engine.text.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Words met lately and their tokens: one per place, the newer in the place of the older, so never more than there are
 * places. Several threads use it without a lock; what one of them puts another sees late or not at all, but whole, as
 * its fields are final.
 */
final class WordCache {

    /** What {@link #find} returns for a word that is not there. */
    static final int[] NONE = new int[0];

    private static final int PLACE_BITS = 16;
    /** Longer words are rare and not worth their memory. */
    private static final int LONGEST = 64;
    /** As many characters below 256 fit into a key, beside their number, and need not be compared one by one. */
    private static final int PACKED = 7;

    /**
     * @param key of the word
     * @param text its characters, where the key does not hold them
     */
    private record Word(long key, char[] text, int[] ids) {}

    private static final char[] IN_KEY = new char[0];

    private final @Nullable Word[] words = new Word[1 << PLACE_BITS];

    /** The tokens of a word that is part of a text, or an empty array when they are not known. */
    int[] find(char[] text, int start, int end) {
        long key = key(text, start, end);
        Word word = words[place(key)];
        if (word == null || word.key != key) {
            return NONE;
        }
        boolean same = key > 0 || Arrays.equals(word.text, 0, word.text.length, text, start, end);
        return same ? word.ids : NONE;
    }

    void put(char[] text, int start, int end, int[] ids) {
        if (end - start <= LONGEST) {
            long key = key(text, start, end);
            words[place(key)] = new Word(key, key > 0 ? IN_KEY : Arrays.copyOfRange(text, start, end), ids);
        }
    }

    /** Above 0: the characters themselves and how many they are. Below: a hash of them. */
    private static long key(char[] text, int start, int end) {
        int length = end - start;
        long packed = length;
        int all = 0;
        if (length <= PACKED) {
            for (int i = start; i < end; i++) {
                packed = packed << 8 | text[i];
                all |= text[i];
            }
            if (all < 256) {
                return packed;
            }
        }
        long hash = length;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return hash | Long.MIN_VALUE;
    }

    private static int place(long key) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> Long.SIZE - PLACE_BITS);
    }
}
