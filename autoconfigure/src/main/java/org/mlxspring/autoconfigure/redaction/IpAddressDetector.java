package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * IP addresses: four decimal numbers from 0 to 255 (RFC 791; no zeros in front), and the text forms of IPv6 (RFC 4291,
 * section 2.2). Four numbers with a word like "version" or "section" before them, a letter at them, or a fifth number
 * after them, are none. An IPv6 address that is shortened needs a decimal digit and three groups, or a prefix in use,
 * so that {@code add::be} stays code.
 */
final class IpAddressDetector implements Detector {

    static final String TYPE = "IP_ADDRESS";

    private static final ContextWords VERSIONS = ContextWords.of(
            "version*",
            "release*",
            "build",
            "ver",
            "rev",
            "revision",
            "firmware",
            "section",
            "chapter",
            "clause",
            "kapitel",
            "abschnitt",
            "article",
            "oid", "chrome*", "edg*", "opr", "firefox", "safari", "electron",
            "assembly*",
            "versión",
            "versione",
            "versie",
            "wersja",
            "chapitre");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public String normalized(String type, String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            int start = dot;
            while (start > dot - 3 && Chars.digitAt(text, start - 1)) {
                start--;
            }
            int end = start < dot && begins(text, start) ? v4(text, start) : 0;
            if (end > 0 && !VERSIONS.before(text, start, 14)) {
                findings.add(new Finding(TYPE, start, end));
                dot = end - 1;
            }
        }
        int done = 0;
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', Math.max(done, colon + 1))) {
            int start = colon;
            while (start > Math.max(done, colon - 4) && hex(text.charAt(start - 1))) {
                start--;
            }
            int end = colon + 1;
            while (end < text.length()
                    && end < colon + 42
                    && (hex(text.charAt(end)) || ":.".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            while (end > colon && ":.".indexOf(text.charAt(end - 1)) >= 0 && !text.startsWith("::", end - 2)) {
                end--;
            }
            boolean alone = Chars.startsWord(text, start)
                    && !Chars.is(text, start - 1, ':')
                    && Chars.endsWord(text, end)
                    && !Chars.is(text, end, ':');
            if (alone && end - start > 2 && isV6(text.substring(start, end))) {
                findings.add(new Finding(TYPE, start, end));
            }
            done = Math.max(done, end);
        }
        return findings.isEmpty() ? List.of() : findings;
    }

    private static boolean begins(String text, int at) {
        return Chars.startsWord(text, at) && !Chars.is(text, at - 1, '.') && !Chars.is(text, at - 1, '_');
    }

    /** Where four numbers that begin here end; 0 if there are none. */
    private static int v4(String text, int start) {
        int i = start;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (!Chars.is(text, i, '.')) {
                    return 0;
                }
                i++;
            }
            int from = i;
            while (i < from + 3 && Chars.digitAt(text, i)) {
                i++;
            }
            boolean number = i > from
                    && (i - from == 1 || text.charAt(from) != '0')
                    && Integer.parseInt(text.substring(from, i)) < 256;
            if (!number) {
                return 0;
            }
        }
        boolean goesOn = Chars.is(text, i, '.') && i + 1 < text.length() && Chars.word(text.charAt(i + 1));
        boolean suffix = Chars.is(text, i, '-') && i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
        return Chars.endsWord(text, i) && !Chars.is(text, i, '_') && !goesOn && !suffix ? i : 0;
    }

    private static boolean isV6(String address) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String head = gap < 0 ? address : address.substring(0, gap);
        String tail = gap < 0 ? "" : address.substring(gap + 2);
        int before = groups(head, gap < 0);
        int after = groups(tail, true);
        if (before < 0 || after < 0) {
            return false;
        }
        return gap < 0 ? before == 8 : before + after < 8 && isMeant(address, before + after);
    }

    /** Number of 16-bit groups; -1 if there is something else. */
    private static int groups(String part, boolean mayEndInV4) {
        if (part.isEmpty()) {
            return 0;
        }
        String[] groups = part.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            String group = groups[i];
            if (group.indexOf('.') >= 0) {
                if (!mayEndInV4 || i < groups.length - 1 || v4(group, 0) != group.length()) {
                    return -1;
                }
                count += 2;
            } else if (group.isEmpty() || group.length() > 4) {
                return -1;
            } else {
                count++;
            }
        }
        return count;
    }

    private static boolean isMeant(String address, int groups) {
        String lower = address.toLowerCase(Locale.ROOT);
        boolean inUse = lower.startsWith("fe80:")
                || lower.startsWith("ff0")
                || lower.startsWith("2001:")
                || lower.startsWith("2a0")
                || lower.matches("f[cd][0-9a-f]{2}:.*");
        boolean digits = lower.chars().anyMatch(c -> Chars.digit((char) c));
        return digits && (inUse || groups >= 3 || lower.startsWith("::"));
    }

    private static boolean hex(char c) {
        return Chars.digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
