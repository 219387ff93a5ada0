package org.mlxspring.autoconfigure.check;

import java.util.Arrays;
import java.util.Optional;

/**
 * Signatures by which the similarity of two texts can be estimated without them: the share of places at which two
 * signatures are equal estimates |A ∩ B| / |A ∪ B| of the texts' {@link Shingles}.
 *
 * <p>After A. Broder, "On the resemblance and containment of documents", 1997: each place holds the smallest value that
 * one random permutation gives to a shingle. Of each value only 16 bits are kept, which lets different ones be equal once in
 * 65,536 times (P. Li and C. König, "b-Bit Minwise Hashing", 2010). The error of an estimate {@code s} is {@code
 * sqrt(s (1 - s) / 128)}: 0.027 at 0.9.
 *
 * <p>Shingles and permutations depend on the key, so that a signature tells nothing to whoever lacks it.
 */
final class MinHash {

    /** Places of a signature. */
    static final int SIZE = 128;

    private final Shingles shingles;
    private final int[] seeds = new int[SIZE];

    /** @param key 32 bytes */
    MinHash(byte[] key) {
        shingles = new Shingles(new SipHash(key, 0));
        SipHash seeding = new SipHash(key, 16);
        for (int i = 0; i < SIZE; i++) {
            seeds[i] = (int) seeding.of(Integer.toString(i));
        }
    }

    /** The signature of a text, {@link #SIZE} values; empty of a text without letters and digits. */
    Optional<short[]> signature(String text) {
        int[] least = new int[SIZE];
        Arrays.fill(least, Integer.MAX_VALUE);
        boolean[] any = new boolean[1];
        shingles.of(text, shingle -> {
            any[0] = true;
            lessen(least, seeds, shingle);
        });
        if (!any[0]) {
            return Optional.empty();
        }
        short[] signature = new short[SIZE];
        for (int i = 0; i < SIZE; i++) {
            signature[i] = (short) least[i];
        }
        return Optional.of(signature);
    }

    /** The finalizer of MurmurHash3 maps the 32-bit numbers onto themselves one to one; each seed makes another of it. */
    private static void lessen(int[] least, int[] seeds, int shingle) {
        for (int i = 0; i < SIZE; i++) {
            int value = shingle ^ seeds[i];
            value ^= value >>> 16;
            value *= 0x85ebca6b;
            value ^= value >>> 13;
            value *= 0xc2b2ae35;
            value ^= value >>> 16;
            least[i] = Math.min(least[i], value);
        }
    }
}
