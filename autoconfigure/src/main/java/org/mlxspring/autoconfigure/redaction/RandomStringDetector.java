package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Strings of 16 characters and more that look drawn by a machine, with a word like "key", "token" or "secret" before. */
final class RandomStringDetector implements Detector {

    static final String TYPE = "SECRET";

    private static final int SHORTEST = 16;
    private static final int LONGEST = 512;
    private static final int DISTANCE = 40;
    private static final ContextWords WORDS = ContextWords.of(
            "key",
            "keys",
            "apikey*",
            "accesskey*",
            "secretkey*",
            "token",
            "tokens",
            "authtoken",
            "secret",
            "secrets",
            "credential*",
            "password",
            "passwd",
            "passwort",
            "kennwort",
            "schlüssel",
            "zugangstoken",
            "zugangsschlüssel",
            "geheimnis",
            "clave",
            "jeton",
            "clé",
            "signature",
            "client_secret",
            "accountkey",
            "sharedaccesskey",
            "sas",
            "chiave",
            "sleutel",
            "klucz",
            "hasło",
            "nyckel",
            "chave");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public List<Finding> find(String before, String text) {
        List<Finding> random = random(text);
        return random.isEmpty() ? random : InContext.find(before, text, this::find);
    }

    @Override
    public List<Finding> find(String text) {
        return random(text).stream()
                .filter(finding -> WORDS.before(text, finding.start(), DISTANCE))
                .toList();
    }

    private static List<Finding> random(String text) {
        List<Finding> findings = new ArrayList<>();
        int start = 0;
        while (start + SHORTEST <= text.length()) {
            int end = start;
            while (end < text.length() && isPart(text.charAt(end))) {
                end++;
            }
            while (end > start && end < text.length() && text.charAt(end) == '=') {
                end++;
            }
            int from = start;
            while (from < end && !Chars.word(text.charAt(from))) {
                from++;
            }
            boolean word = Chars.startsWord(text, from) && Chars.endsWord(text, end);
            if (end - from >= SHORTEST
                    && end - from <= LONGEST
                    && word
                    && Randomness.isRandom(text.substring(from, end))) {
                findings.add(new Finding(TYPE, from, end));
            }
            start = end + 1;
        }
        return findings.isEmpty() ? List.of() : findings;
    }

    private static boolean isPart(char c) {
        return Chars.digit(c) || Chars.latin(c) || c == '+' || c == '/' || c == '_' || c == '-';
    }
}
