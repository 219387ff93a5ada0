package org.mlxspring.autoconfigure.redaction;

import java.util.List;

/** What a name says that its value is. */
enum SecretName {
    PASSWORD(4),
    SECRET(8),
    PIN(4),
    /** Nothing that has to be hidden. */
    OTHER(0);

    private static final int LONGEST = 48;

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

    private final int shortest;

    SecretName(int shortest) {
        this.shortest = shortest;
    }

    /** Fewest characters of a value with such a name. */
    int shortest() {
        return shortest;
    }

    /** Where the name begins that ends here. */
    static int start(String text, int end) {
        int start = end;
        while (start > Math.max(0, end - LONGEST) && isName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** What the name from one place to another says, and the words before it where it is several. */
    static SecretName of(String text, int start, int end) {
        SecretName name = of(text.substring(start, end));
        if (name != OTHER) {
            return name;
        }
        if (endsWith(text, end, "mot de passe")) {
            return PASSWORD;
        }
        return endsWith(text, end, "api key") ? SECRET : OTHER;
    }

    /** What a name alone says. */
    static SecretName of(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && c != '_' && c != '-') {
                letters.append(Character.toLowerCase(c));
            }
        }
        String plain = letters.toString();
        if (plain.equals("pin")) {
            return PIN;
        }
        boolean password = PASSWORDS.stream().anyMatch(plain::endsWith)
                || plain.equals("pass")
                || plain.equals("pw")
                || plain.endsWith("pass") && name.length() > plain.length();
        if (password) {
            return PASSWORD;
        }
        return SECRETS.stream().anyMatch(plain::endsWith) ? SECRET : OTHER;
    }

    private static boolean endsWith(String text, int end, String words) {
        return text.regionMatches(true, end - words.length(), words, 0, words.length());
    }

    private static boolean isName(char c) {
        return Chars.word(c) || c == '_' || c == '-' || c == '.';
    }
}
