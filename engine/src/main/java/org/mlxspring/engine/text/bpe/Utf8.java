package org.mlxspring.engine.text.bpe;

/** UTF-8 of characters that are whole. */
final class Utf8 {

    private Utf8() {}

    /** Bytes of a character. */
    static int length(int c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    /** One of the bytes of a character, as a number from 0 to 255. */
    static int byteAt(int c, int index) {
        int length = length(c);
        if (length == 1) {
            return c;
        }
        int bits = c >>> 6 * (length - 1 - index) & 0x3f;
        return index == 0 ? 0xf00 >>> length & 0xff | c >>> 6 * (length - 1) : 0x80 | bits;
    }
}
