package org.mlxspring.engine.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** For vocabularies of SentencePiece: a mark stands for a space, and {@code <0x41>} for a byte. */
final class SentencePieceDetokenizer implements StreamingDetokenizer {

    private static final String MARK = "\u2581";

    private final Vocabulary vocabulary;
    private final boolean trim;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /** @param trim whether the space before the first word goes */
    SentencePieceDetokenizer(Vocabulary vocabulary, boolean trim) {
        this.vocabulary = vocabulary;
        this.trim = trim;
    }

    @Override
    public String add(int id) {
        String token = vocabulary.token(id).orElse("");
        if (token.matches("<0x[0-9A-Fa-f]{2}>")) {
            waiting.write(Integer.parseInt(token.substring(3, 5), 16));
        } else {
            waiting.writeBytes(token.replace(MARK, " ").getBytes(StandardCharsets.UTF_8));
        }
        String decoded = LenientUtf8.decode(waiting.toByteArray());
        boolean incomplete = !decoded.isEmpty() && decoded.charAt(decoded.length() - 1) == LenientUtf8.REPLACEMENT;
        return incomplete ? "" : release(decoded);
    }

    @Override
    public String finish() {
        return release(LenientUtf8.decode(waiting.toByteArray()));
    }

    private String release(String decoded) {
        waiting.reset();
        String piece = trim && text.isEmpty() && decoded.startsWith(" ") ? decoded.substring(1) : decoded;
        text.append(piece);
        return piece;
    }

    @Override
    public String text() {
        return text.toString();
    }

    @Override
    public void reset() {
        text.setLength(0);
        waiting.reset();
    }
}
