package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a name like {@code password}, {@code pwd}, {@code api_key} or {@code client_secret} is given after {@code =},
 * {@code :} or "is", and the password of an address, {@code https://user:password@host}. Stand-ins such as {@code ****},
 * {@code <password>} and <code>${DB_PASSWORD}</code> are left; so are names, types and plain words where a value is
 * expected, unless they are in quotes or in a line of settings.
 */
final class AssignedSecretDetector implements Detector {

    private static final String PASSWORD = "PASSWORD";
    private static final String SECRET = RandomStringDetector.TYPE;
    private static final int LONGEST_NAME = 48;

    private static final List<String> PASSWORDS = List.of(
            "password",
            "passwd",
            "passwort",
            "kennwort",
            "passphrase",
            "passcode",
            "pwd",
            "userpass",
            "contraseña",
            "contrasena",
            "mot de passe",
            "motdepasse",
            "wachtwoord",
            "hasło",
            "haslo",
            "senha",
            "lösenord",
            "passord",
            "adgangskode",
            "salasana",
            "heslo",
            "parola",
            "şifre",
            "пароль",
            "密码",
            "パスワード",
            "dbpass",
            "mypass");
    private static final List<String> SECRETS = List.of(
            "secret",
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "clientsecret",
            "signingkey",
            "encryptionkey",
            "authkey",
            "accountkey",
            "sharedkey",
            "masterkey",
            "credential",
            "credentials");
    private static final Set<String> VERBS = Set.of(
            "is", "was", "ist", "lautet", "war", "est", "es", "era", "è", "is:", "jest", "to", "är", "er", "on", "é",
            "zu");
    private static final String VERB_STARTS = "iwleèjtäoéz";
    private static final Set<String> STAND_INS = Set.of(
            "null",
            "none",
            "nil",
            "true",
            "false",
            "undefined",
            "required",
            "optional",
            "string",
            "empty",
            "redacted",
            "hidden",
            "secret",
            "password",
            "passwort",
            "token",
            "text",
            "example",
            "todo",
            "tbd",
            "n/a",
            "unknown",
            "your_password",
            "yourpassword",
            "your-password",
            "placeholder",
            "removed",
            "filtered",
            "masked");

    @Override
    public Set<String> types() {
        return Set.of(PASSWORD, SECRET);
    }

    @Override
    public List<Finding> find(String before, String text) {
        String field = before.substring(before.lastIndexOf('\n') + 1);
        boolean secret = kind(field.endsWith(": ") ? field.substring(0, field.length() - 2) : field) != Kind.NONE;
        return secret ? InContext.find(field, text, this::find) : find(text);
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
        int nameStart = nameEnd;
        while (nameStart > Math.max(0, nameEnd - LONGEST_NAME) && isName(text.charAt(nameStart - 1))) {
            nameStart--;
        }
        String name = text.substring(nameStart, nameEnd);
        Kind kind = kind(name);
        if (kind == Kind.NONE && text.regionMatches(true, Math.max(0, nameEnd - 12), "mot de passe", 0, 12)) {
            kind = Kind.PASSWORD;
        } else if (kind == Kind.NONE && text.regionMatches(true, Math.max(0, nameEnd - 7), "api key", 0, 7)) {
            kind = Kind.SECRET;
        }
        if (kind == Kind.NONE) {
            return;
        }
        Value value = Value.at(text, from, sign);
        boolean setting = sign == '='
                && (name.equals(name.toUpperCase(Locale.ROOT))
                        || name.indexOf('.') > 0
                        || nameStart == 0
                        || "?&;\n".indexOf(text.charAt(nameStart - 1)) >= 0);
        if (value.isMeant(kind, sign, setting)) {
            findings.add(new Finding(kind == Kind.PASSWORD ? PASSWORD : SECRET, value.start, value.end));
        }
    }

    private static Kind kind(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && c != '_' && c != '-') {
                letters.append(Character.toLowerCase(c));
            }
        }
        String plain = letters.toString();
        if (plain.equals("pin")) {
            return Kind.PIN;
        }
        boolean password = PASSWORDS.stream().anyMatch(plain::endsWith)
                || plain.equals("pass")
                || plain.equals("pw")
                || plain.endsWith("pass") && name.length() > plain.length();
        if (password) {
            return Kind.PASSWORD;
        }
        return SECRETS.stream().anyMatch(plain::endsWith) ? Kind.SECRET : Kind.NONE;
    }

    /** What a name says that its value is. */
    private enum Kind {
        PASSWORD(4),
        SECRET(8),
        PIN(4),
        NONE(0);

        private final int shortest;

        Kind(int shortest) {
            this.shortest = shortest;
        }
    }

    private static boolean isName(char c) {
        return Chars.word(c) || c == '_' || c == '-' || c == '.';
    }

    private static void ofAddress(String text, int from, List<Finding> findings) {
        int colon = -1;
        int i = from;
        while (i < text.length() && i < from + 200 && "/?# \t\r\n\"'<>".indexOf(text.charAt(i)) < 0) {
            if (text.charAt(i) == ':' && colon < 0) {
                colon = i;
            }
            if (text.charAt(i) == '@' && colon >= 0) {
                boolean standIn = i == colon + 1 || Value.isStandIn(text.substring(colon + 1, i));
                if (!standIn) {
                    findings.add(new Finding(PASSWORD, colon + 1, i));
                }
                return;
            }
            i++;
        }
    }

    /** A value and how it is written. */
    private record Value(String text, int start, int end, boolean quoted) {

        private static final int LONGEST = 128;
        private static final Pattern NAME_IN_CODE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");

        static Value at(String text, int from, char sign) {
            int start = from;
            while (start < text.length() && start < from + 4 && " \t>=:*".indexOf(text.charAt(start)) >= 0) {
                start++;
            }
            int escape = Chars.is(text, start, '\\') ? 1 : 0;
            char quote = start + escape < text.length() ? text.charAt(start + escape) : ' ';
            boolean quoted = "\"'`„“«".indexOf(quote) >= 0;
            if (quoted) {
                start += escape + 1;
            }
            String closing = quote == '„' ? "“”" : quote == '“' ? "”" : quote == '«' ? "»" : String.valueOf(quote);
            int end = start;
            while (end < text.length() && end < start + LONGEST && text.charAt(end) != '\n') {
                char c = text.charAt(end);
                if (quoted ? closing.indexOf(c) >= 0 : Character.isWhitespace(c) || "\"'`<>".indexOf(c) >= 0) {
                    break;
                }
                if (!quoted && sign == '=' && "&;,".indexOf(c) >= 0) {
                    break;
                }
                end++;
            }
            while (end > start && (quoted ? "\\" : ".,;:)}]\\").indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            return new Value(text.substring(start, end), start, end, quoted);
        }

        boolean isMeant(Kind kind, char sign, boolean setting) {
            if (text.length() < kind.shortest || isStandIn(text)) {
                return false;
            }
            boolean digit = text.chars().anyMatch(c -> Chars.digit((char) c));
            return switch (kind) {
                case PASSWORD -> isPassword(digit, sign, setting);
                case SECRET -> digit
                        && text.indexOf(' ') < 0
                        && Randomness.entropy(text) > 2.5
                        && (text.indexOf('/') < 0 || Randomness.isRandom(text));
                case PIN -> text.length() <= 8 && text.chars().allMatch(c -> Chars.digit((char) c));
                case NONE -> false;
            };
        }

        /** In quotes or a line of settings anything; else what is neither a word nor a name in a program. */
        private boolean isPassword(boolean digit, char sign, boolean setting) {
            if (text.indexOf(' ') >= 0) {
                return quoted && digit && text.length() < 64;
            }
            boolean mark = text.chars().anyMatch(c -> !Character.isLetterOrDigit(c) && "-._'/".indexOf(c) < 0);
            boolean capitalInside = text.substring(1).chars().anyMatch(Character::isUpperCase)
                    && text.chars().anyMatch(Character::isLowerCase);
            return quoted
                    || setting
                    || digit && !isCode()
                    || mark
                    || sign != '=' && (capitalInside || text.length() >= 20);
        }

        private boolean isCode() {
            return text.indexOf('.') > 0 && NAME_IN_CODE.matcher(text).matches();
        }

        static boolean isStandIn(String value) {
            String lower = value.toLowerCase(Locale.ROOT);
            boolean variable = "$<{%[(*".indexOf(value.charAt(0)) >= 0
                    || value.indexOf('(') > 0
                    || lower.startsWith("process.env")
                    || lower.startsWith("os.environ")
                    || value.indexOf('\uFFFC') >= 0;
            return variable
                    || STAND_INS.contains(lower)
                    || lower.chars()
                            .allMatch(c -> c == '*' || c == 'x' || c == '•' || c == '.' || c == '-' || c == '…');
        }
    }
}
