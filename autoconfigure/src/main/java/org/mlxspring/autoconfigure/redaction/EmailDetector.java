package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * E-mail addresses: a local part of up to 64 characters, an at sign, and a domain of at least two labels (RFC 5321, section
 * 4.5.3.1; letters of every script, RFC 6531). The at sign may be written {@code %40}, {@code (at)} or {@code [at]}, and
 * the dots after the latter {@code (dot)} or {@code [dot]}.
 */
final class EmailDetector implements Detector {

    static final String TYPE = "EMAIL";

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;
    /** Of the signs that the standard allows, those that are in use; the others end a word before the address. */
    private static final String LOCAL_SIGNS = "._+-'";
    /** Last labels that are ends of file names, and no top-level domains: {@code logo@2x.png}. */
    private static final Set<String> FILES = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "css", "js", "jsx", "ts", "tsx", "json", "html",
            "htm", "xml", "pdf", "txt", "yml", "yaml", "java", "class", "jar", "exe", "dll", "log", "csv");

    /** How the at sign is written, and whether dots may then be in words. */
    private enum At {
        SIGN("@", false),
        ENCODED("%40", false),
        ROUND("(at)", true),
        SQUARE("[at]", true);

        private final String text;
        private final boolean words;

        At(String text, boolean words) {
            this.text = text;
            this.words = words;
        }
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public String normalized(String type, String value) {
        return value.toLowerCase(Locale.ROOT)
                .replaceAll("%40|\\s*[(\\[]at[)\\]]\\s*", "@")
                .replaceAll("\\s*[(\\[]dot[)\\]]\\s*", ".");
    }

    @Override
    public List<Finding> find(String text) {
        if (text.indexOf('@') < 0 && text.indexOf('%') < 0 && text.indexOf('(') < 0 && text.indexOf('[') < 0) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            At at =
                    switch (text.charAt(i)) {
                        case '%' -> At.ENCODED;
                        case '(' -> At.ROUND;
                        case '[' -> At.SQUARE;
                        default -> At.SIGN;
                    };
            if (text.regionMatches(true, i, at.text, 0, at.text.length())) {
                int start = localPart(text, at, i, done);
                int end = domain(text, at, i + at.text.length());
                if (start < i && end > 0 && !isElse(text, start, i, end)) {
                    findings.add(new Finding(TYPE, start, end));
                    done = end;
                }
            }
        }
        return findings;
    }

    /** Where the local part begins; where it ends, if there is none. */
    private static int localPart(String text, At at, int end, int done) {
        int last = end;
        if (at.words && Chars.is(text, last - 1, ' ')) {
            last--;
        }
        if (Chars.is(text, last - 1, '"')) {
            return at == At.SIGN ? quoted(text, last, done) : end;
        }
        int start = last;
        int first = Math.max(done, last - LONGEST_LOCAL_PART);
        while (start > first && isLocal(text.charAt(start - 1))) {
            start--;
        }
        if (start > done && start == first && isLocal(text.charAt(start - 1))) {
            return end;
        }
        if (Chars.is(text, start - 1, '%')) {
            start = Math.min(last, start + 2);
        }
        while (start < last && !Chars.word(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        return start < last && text.charAt(last - 1) != '.' ? start : end;
    }

    /** Where a local part in quotes begins, {@code "first last"@example.org}; where it ends, if there is none. */
    private static int quoted(String text, int end, int done) {
        for (int i = end - 2; i >= Math.max(done, end - LONGEST_LOCAL_PART) && text.charAt(i) != '\n'; i--) {
            if (text.charAt(i) == '"') {
                return i < end - 2 && Chars.startsWord(text, i) ? i : end;
            }
        }
        return end;
    }

    private static boolean isLocal(char c) {
        return Chars.word(c) || LOCAL_SIGNS.indexOf(c) >= 0;
    }

    /** Where the domain ends; 0 if there is none. */
    private static int domain(String text, At at, int from) {
        int start = at.words && Chars.is(text, from, ' ') ? from + 1 : from;
        int labels = 0;
        int label = start;
        int end = 0;
        int i = start;
        int limit = Math.min(text.length(), start + LONGEST_DOMAIN);
        while (i <= limit) {
            boolean inside = i < text.length() && (Chars.word(text.charAt(i)) || text.charAt(i) == '-' && i > label);
            if (inside) {
                i++;
                continue;
            }
            if (i == label) {
                break;
            }
            labels++;
            boolean file =
                    FILES.contains(text.substring(label, Math.min(i, label + 6)).toLowerCase(Locale.ROOT));
            if (labels > 1 && !file && isTop(text, label, i)) {
                end = i;
            }
            int dot = dot(text, at, i);
            if (dot == 0) {
                end = labels > 1 && file ? 0 : end;
                break;
            }
            label = i + dot;
            i = label;
        }
        return end > 0 && Chars.is(text, end, '(') ? 0 : end;
    }

    /** Length of the dot at this place, 0 if there is none. */
    private static int dot(String text, At at, int i) {
        if (Chars.is(text, i, '.')) {
            return 1;
        }
        if (at.words) {
            for (String dot : List.of(" (dot) ", " [dot] ", "(dot)", "[dot]")) {
                if (text.regionMatches(true, i, dot, 0, dot.length())) {
                    return dot.length();
                }
            }
        }
        return 0;
    }

    private static boolean isTop(String text, int from, int to) {
        if (text.startsWith("xn--", from)) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return to - from >= 2 && to - from <= 24;
    }

    /** The user of a Git server, or the end of a password in an address: {@code ftp://user:secret@host.org}. */
    private static boolean isElse(String text, int start, int at, int end) {
        if (text.startsWith("git@", start) && (Chars.is(text, end, ':') || Chars.is(text, end, '/'))) {
            return true;
        }
        for (int i = start - 1; i >= Math.max(0, start - LONGEST_LOCAL_PART); i--) {
            char c = text.charAt(i);
            if (c == '/' || Character.isWhitespace(c)) {
                boolean address = c == '/' && Chars.is(text, i - 1, '/') && Chars.is(text, i - 2, ':');
                return address && text.substring(i, at).indexOf(':') >= 0;
            }
        }
        return false;
    }
}
