package org.mlxspring.engine.text.bpe;

/** The printable character that stands for each byte in the vocabulary of a byte-level tokenizer, as in GPT-2. */
final class ByteAlphabet {

    private static final char[] CHARACTERS = characters();

    private ByteAlphabet() {}

    private static char[] characters() {
        char[] characters = new char[256];
        char next = 256;
        for (char b = 0; b < characters.length; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b != 0xad;
            characters[b] = printable ? b : next++;
        }
        return characters;
    }

    static char of(int b) {
        return CHARACTERS[b & 0xff];
    }

    static String of(byte[] bytes) {
        char[] characters = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            characters[i] = of(bytes[i]);
        }
        return new String(characters);
    }
}
