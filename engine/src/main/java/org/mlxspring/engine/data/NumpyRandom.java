package org.mlxspring.engine.data;

/**
 * numpy's legacy random generator, bit for bit: {@code numpy.random.seed} and {@code numpy.random.permutation}.
 *
 * <p>MT19937 by M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); seeded with Knuth's generator
 * (TAOCP 2, 3rd ed., p. 106) as numpy does for a plain integer. Belongs to one thread.
 */
public final class NumpyRandom {

    private static final int N = 624;
    private static final int M = 397;

    /**
     * The whole state.
     *
     * @param key 624 words
     * @param position words already used, 0 to 624
     */
    public record State(int[] key, int position) {

        public State {
            if (key.length != N || position < 0 || position > N) {
                throw new IllegalArgumentException("not a state of MT19937: " + key.length + " words, position "
                        + position + "; there are 624 words and a position from 0 to 624");
            }
            key = key.clone();
        }
    }

    private final int[] key;
    private int position;

    /**
     * As {@code numpy.random.seed(seed)}.
     *
     * @param seed 0 to 2^32 - 1
     */
    public NumpyRandom(long seed) {
        if (seed < 0 || seed > 0xffffffffL) {
            throw new IllegalArgumentException("seed is " + seed + "; it must be between 0 and 4294967295");
        }
        key = new int[N];
        int word = (int) seed;
        for (int i = 0; i < N; i++) {
            key[i] = word;
            word = 1812433253 * (word ^ (word >>> 30)) + i + 1;
        }
        position = N;
    }

    /** Goes on where another generator was when it gave this state. */
    public NumpyRandom(State state) {
        key = state.key().clone();
        position = state.position();
    }

    /** Goes on from a saved state. */
    public void restore(State state) {
        System.arraycopy(state.key(), 0, key, 0, key.length);
        position = state.position();
    }

    /** The state now, to be given to {@link #NumpyRandom(State)}. */
    public State state() {
        return new State(key, position);
    }

    /** As {@code numpy.random.permutation(size)}: the numbers from 0 to {@code size - 1}, shuffled. */
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            int j = atMost(i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** As {@code numpy.random.randint(0, bound)}: a number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return bound == 1 ? 0 : atMost(bound - 1);
    }

    private int atMost(int max) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(max);
        int value;
        do {
            value = next() & mask;
        } while (value > max);
        return value;
    }

    private int next() {
        if (position == N) {
            twist();
            position = 0;
        }
        int y = key[position++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = key[i] & 0x80000000 | key[(i + 1) % N] & 0x7fffffff;
            key[i] = key[(i + M) % N] ^ y >>> 1 ^ -(y & 1) & 0x9908b0df;
        }
    }
}
