package org.mlxspring.autoconfigure.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SipHash-2-4: a short keyed hash that nobody without the key can recompute or steer. After J.-P. Aumasson and D. J.
 * Bernstein, "SipHash: a fast short-input PRF", 2012.
 */
final class SipHash {

    private static final int CHARS_OF_WORD = Long.BYTES / Character.BYTES;

    private final long k0;
    private final long k1;

    /** @param key 16 bytes from {@code from} on */
    SipHash(byte[] key, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        k0 = bytes.getLong(from);
        k1 = bytes.getLong(from + Long.BYTES);
    }

    /** The hash of a text, as of its bytes in UTF-16LE. */
    long of(CharSequence text) {
        return of(text, 0, text.length());
    }

    /** The hash of the characters from {@code from} to before {@code to}. */
    long of(CharSequence text, int from, int to) {
        State state = new State(k0, k1);
        int at = from;
        for (; at + CHARS_OF_WORD <= to; at += CHARS_OF_WORD) {
            state.add(text.charAt(at)
                    | (long) text.charAt(at + 1) << 16
                    | (long) text.charAt(at + 2) << 32
                    | (long) text.charAt(at + 3) << 48);
        }
        long last = (long) (to - from) * Character.BYTES << 56;
        for (int shift = 0; at < to; at++, shift += Character.SIZE) {
            last |= (long) text.charAt(at) << shift;
        }
        state.add(last);
        return state.end();
    }

    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void add(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long end() {
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
