package org.mlxspring.engine.text.bpe;

/** Which two tokens make which third one, and how early. A table of pairs with open addressing. */
final class MergeTable {

    /** What {@link #find} returns for a pair that is not merged; greater than every merge. */
    static final long NONE = Long.MAX_VALUE;

    private static final long FREE = -1;

    private final long[] pairs;
    private final long[] merges;
    private final int mask;

    /** @param count how many pairs will be put */
    MergeTable(int count) {
        int size = Integer.highestOneBit(Math.max(8, count)) << 2;
        pairs = new long[size];
        merges = new long[size];
        mask = size - 1;
        java.util.Arrays.fill(pairs, FREE);
    }

    /** Sets what a pair becomes; what was set before for the same pair is replaced. */
    void put(int left, int right, int rank, int merged) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (pairs[slot] != FREE && pairs[slot] != pair) {
            slot = slot + 1 & mask;
        }
        pairs[slot] = pair;
        merges[slot] = (long) rank << 32 | merged;
    }

    /** The rank of a pair's merge in the upper half, and in the lower the token it makes; or {@link #NONE}. */
    long find(int left, int right) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (pairs[slot] != pair) {
            if (pairs[slot] == FREE) {
                return NONE;
            }
            slot = slot + 1 & mask;
        }
        return merges[slot];
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int slot(long pair) {
        long mixed = pair * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32 ^ mixed >>> 48) & mask;
    }
}
