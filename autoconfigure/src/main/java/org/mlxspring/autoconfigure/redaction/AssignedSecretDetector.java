package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a name like {@code password}, {@code pwd}, {@code api_key} or {@code client_secret} is given after {@code =},
 * {@code :} or "is", and the password of an address, {@code https://user:password@host}. Stand-ins such as {@code ****},
 * {@code <password>} and <code>${DB_PASSWORD}</code> are left; so are names, types and plain words where a value is
 * expected, unless they are in quotes or in a line of settings.
 */
final class AssignedSecretDetector implements Detector {

    private static final String PASSWORD = "PASSWORD";
    private static final String SECRET = RandomStringDetector.TYPE;

    private static final Set<String> VERBS = Set.of(
            "is", "was", "ist", "lautet", "war", "est", "es", "era", "è", "is:", "jest", "to", "är", "er", "on", "é",
            "zu");
    private static final String VERB_STARTS = "iwleèjtäoéz";

    @Override
    public Set<String> types() {
        return Set.of(PASSWORD, SECRET);
    }

    /** The whole value of a field with such a name counts as in quotes, which it is in the row's JSON. */
    @Override
    public List<Finding> find(String before, String text) {
        String field = before.substring(before.lastIndexOf('\n') + 1);
        SecretName name = SecretName.of(field.endsWith(": ") ? field.substring(0, field.length() - 2) : field);
        boolean whole = name != SecretName.OTHER
                && text.length() <= SecretValue.LONGEST
                && new SecretValue(text, 0, text.length(), true).isMeant(name, ':', true);
        return whole ? List.of(new Finding(type(name), 0, text.length())) : find(text);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || c == ':' || c == ' ') {
                int value = c == ' ' ? afterVerb(text, i) : i + 1;
                int nameEnd = value < 0 ? -1 : nameEnd(text, i);
                if (nameEnd > 0) {
                    assigned(text, nameEnd, value, c, findings);
                }
            }
            if (c == ':' && text.startsWith("//", i + 1)) {
                ofAddress(text, i + 3, findings);
            }
        }
        return findings.isEmpty() ? List.of() : findings;
    }

    /** Where the value begins if a verb stands here, as in "password is"; -1 if none does. */
    private static int afterVerb(String text, int space) {
        if (space + 1 >= text.length() || VERB_STARTS.indexOf(Character.toLowerCase(text.charAt(space + 1))) < 0) {
            return -1;
        }
        int end = space + 1;
        while (end < text.length() && end < space + 8 && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean verb = end > space + 1
                && (Chars.is(text, end, ' ') || Chars.is(text, end, ':'))
                && VERBS.contains(text.substring(space + 1, end).toLowerCase(Locale.ROOT));
        return verb ? end + 1 : -1;
    }

    /** Where the name before the sign ends: quotes, spaces, brackets and the sign's own colon or hyphen left out. */
    private static int nameEnd(String text, int sign) {
        int end = sign;
        int first = Math.max(0, sign - 4);
        while (end > first && " \"'\\]`:*".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end > 0 && Character.isLetter(text.charAt(end - 1)) ? end : -1;
    }

    private static void assigned(String text, int nameEnd, int from, char sign, List<Finding> findings) {
        int nameStart = SecretName.start(text, nameEnd);
        SecretName name = SecretName.of(text, nameStart, nameEnd);
        if (name == SecretName.OTHER) {
            return;
        }
        SecretValue value = SecretValue.at(text, from, sign);
        if (value.isMeant(name, sign, sign == '=' && isSetting(text, nameStart, nameEnd))) {
            findings.add(new Finding(type(name), value.start(), value.end()));
        }
    }

    /** Whether a name stands as in a line of settings: in capitals, with dots, or first in its line. */
    private static boolean isSetting(String text, int nameStart, int nameEnd) {
        String name = text.substring(nameStart, nameEnd);
        return name.equals(name.toUpperCase(Locale.ROOT))
                || name.indexOf('.') > 0
                || nameStart == 0
                || "?&;\n".indexOf(text.charAt(nameStart - 1)) >= 0;
    }

    private static String type(SecretName name) {
        return name == SecretName.PASSWORD ? PASSWORD : SECRET;
    }

    private static void ofAddress(String text, int from, List<Finding> findings) {
        int colon = -1;
        int i = from;
        while (i < text.length() && i < from + 200 && "/?# \t\r\n\"'<>".indexOf(text.charAt(i)) < 0) {
            if (text.charAt(i) == ':' && colon < 0) {
                colon = i;
            }
            if (text.charAt(i) == '@' && colon >= 0) {
                boolean standIn = i == colon + 1 || SecretValue.isStandIn(text.substring(colon + 1, i));
                if (!standIn) {
                    findings.add(new Finding(PASSWORD, colon + 1, i));
                }
                return;
            }
            i++;
        }
    }
}
