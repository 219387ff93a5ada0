package org.mlxspring.engine.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * For vocabularies that write each byte as a printable character, as GPT-2's does (OpenAI's encoder.py,
 * {@code bytes_to_unicode}).
 */
final class ByteLevelDetokenizer implements StreamingDetokenizer {

    private static final String SPACE = "\u0120";
    private static final int[] BYTE_OF = byteOf();

    private final Vocabulary vocabulary;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder waiting = new StringBuilder();

    ByteLevelDetokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    private static int[] byteOf() {
        int[] bytes = new int[512];
        java.util.Arrays.fill(bytes, -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            bytes[printable ? b : next++] = b;
        }
        return bytes;
    }

    @Override
    public String add(int id) {
        // Ids past the vocabulary come from models whose output is padded; mlx-lm prints the same for them.
        String token = vocabulary.token(id).orElse("!");
        waiting.append(token);
        String decoded = decoded();
        boolean incomplete = !decoded.isEmpty() && decoded.charAt(decoded.length() - 1) == LenientUtf8.REPLACEMENT;
        return incomplete || token.equals(SPACE) ? "" : release(decoded);
    }

    @Override
    public String finish() {
        return release(decoded());
    }

    private String release(String decoded) {
        waiting.setLength(0);
        String piece = text.isEmpty() && decoded.startsWith(" ") ? decoded.substring(1) : decoded;
        text.append(piece);
        return piece;
    }

    private String decoded() {
        var bytes = new ByteArrayOutputStream(waiting.length());
        waiting.codePoints().forEach(c -> {
            if (c < BYTE_OF.length && BYTE_OF[c] >= 0) {
                bytes.write(BYTE_OF[c]);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return LenientUtf8.decode(bytes.toByteArray());
    }

    @Override
    public String text() {
        return text.toString();
    }

    @Override
    public void reset() {
        text.setLength(0);
        waiting.setLength(0);
    }
}
