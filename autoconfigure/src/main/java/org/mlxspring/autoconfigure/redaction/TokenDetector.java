package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Private keys between their lines of RFC 7468 (and OpenPGP's), JSON web tokens (RFC 7519: three parts in base64url, the
 * first of which begins {@code {"}), and what follows {@code Bearer} (RFC 6750) or {@code Basic} (RFC 7617).
 */
final class TokenDetector implements Detector {

    private static final String PRIVATE_KEY = "PRIVATE_KEY";
    private static final String JWT = "JWT";
    private static final String BEARER = "BEARER_TOKEN";
    private static final int SHORTEST_BEARER = 12;

    @Override
    public Set<String> types() {
        return Set.of(PRIVATE_KEY, JWT, BEARER);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        privateKeys(text, findings);
        webTokens(text, findings);
        authorizations(text, "bearer ", findings);
        authorizations(text, "basic ", findings);
        return findings.isEmpty() ? List.of() : findings;
    }

    /** A key without its last line goes on as far as its base64 does. */
    private static void privateKeys(String text, List<Finding> findings) {
        int lastEnd = text.lastIndexOf("-----END ");
        int start = text.indexOf("-----BEGIN ");
        while (start >= 0) {
            int name = text.indexOf("-----", start + 11);
            if (name < 0) {
                return;
            }
            int end = name + 5;
            boolean secret = name - start < 80 && text.substring(start, name).contains("PRIVATE KEY");
            if (secret) {
                int last = lastEnd > name ? text.indexOf("-----END ", end) : -1;
                int close = last < 0 ? -1 : text.indexOf("-----", last + 9);
                end = close < 0 ? body(text, end) : close + 5;
                findings.add(new Finding(PRIVATE_KEY, start, end));
            }
            start = text.indexOf("-----BEGIN ", end);
        }
    }

    private static int body(String text, int from) {
        int end = from;
        while (end < text.length() && (Chars.word(text.charAt(end)) || "+/=\\\r\n".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    private static void webTokens(String text, List<Finding> findings) {
        for (int start = text.indexOf("eyJ"); start >= 0; start = text.indexOf("eyJ", start + 3)) {
            if (!Chars.startsWord(text, start)) {
                continue;
            }
            int head = part(text, start);
            int body = Chars.is(text, head, '.') ? part(text, head + 1) : head;
            int end = Chars.is(text, body, '.') ? part(text, body + 1) : body;
            if (head - start >= 10 && body - head > 10 && body > head && end > body) {
                findings.add(new Finding(JWT, start, end));
            }
            start = Math.max(start, end - 3);
        }
    }

    private static int part(String text, int from) {
        int end = from;
        while (end < text.length()
                && (Chars.digit(text.charAt(end))
                        || Chars.latin(text.charAt(end))
                        || text.charAt(end) == '-'
                        || text.charAt(end) == '_'
                        || text.charAt(end) == '=')) {
            end++;
        }
        return end;
    }

    private static void authorizations(String text, String scheme, List<Finding> findings) {
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
            int start = space + 1;
            int word = start - scheme.length();
            if (word < 0
                    || !text.regionMatches(true, word, scheme, 0, scheme.length())
                    || !Chars.startsWord(text, word)) {
                continue;
            }
            int end = start;
            boolean digit = false;
            boolean upper = false;
            boolean lower = false;
            while (end < text.length() && (Chars.word(text.charAt(end)) || "-._~+/=".indexOf(text.charAt(end)) >= 0)) {
                char c = text.charAt(end++);
                digit |= Chars.digit(c);
                upper |= Character.isUpperCase(c);
                lower |= Character.isLowerCase(c);
            }
            while (end > start && text.charAt(end - 1) == '.') {
                end--;
            }
            boolean random = digit && (upper || lower) || upper && lower && end > start && text.charAt(end - 1) == '=';
            if (random && end - start >= SHORTEST_BEARER) {
                findings.add(new Finding(BEARER, start, end));
            }
        }
    }
}
