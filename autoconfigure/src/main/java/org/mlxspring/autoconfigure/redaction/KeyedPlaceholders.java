package org.mlxspring.autoconfigure.redaction;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first 30 bits of HMAC-SHA256 (RFC 2104) over type and value, in Crockford's base 32. Among 10,000 values of a type,
 * the odds that any two share a placeholder are 1 in 22.
 */
final class KeyedPlaceholders implements Placeholders {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 6;
    private static final Pattern WRITTEN = Pattern.compile("\\[[A-Z][A-Z0-9_]{0,63}-[" + DIGITS + "]{" + LENGTH + "}]");
    /** Neither letter, digit, space nor punctuation, so that nothing is found in or across it. */
    private static final String MASK = "\uFFFC";

    private final SecretKeySpec key;

    KeyedPlaceholders(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("The key has " + key.length + " bytes; at least 16 are needed.");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    @Override
    public String placeholder(String type, String value) {
        byte[] digest = digest(type + '\0' + value);
        int bits = (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | digest[3] & 0xff;
        StringBuilder placeholder = new StringBuilder("[").append(type).append('-');
        for (int i = 0; i < LENGTH; i++) {
            placeholder.append(DIGITS.charAt(bits >>> 27 - 5 * i & 31));
        }
        return placeholder.append(']').toString();
    }

    /** The text with its placeholders blanked out, at the same length. */
    static String masked(String text) {
        return text.indexOf('[') < 0
                ? text
                : WRITTEN.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(MASK.repeat(found.end() - found.start())));
    }

    private byte[] digest(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM + ".", e);
        }
    }
}
