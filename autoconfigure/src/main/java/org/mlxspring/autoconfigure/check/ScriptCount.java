package org.mlxspring.autoconfigure.check;

import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts letters by the script they belong to. */
final class ScriptCount {

    private final Map<UnicodeScript, Long> letters = new EnumMap<>(UnicodeScript.class);

    void add(String text) {
        int latin = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character < 128) {
                latin += (character | 32) >= 'a' && (character | 32) <= 'z' ? 1 : 0;
            } else if (Character.isLetter(character)) {
                letters.merge(UnicodeScript.of(character), 1L, Long::sum);
            }
        }
        letters.merge(UnicodeScript.LATIN, (long) latin, Long::sum);
    }

    void add(ScriptCount other) {
        other.letters.forEach((script, count) -> letters.merge(script, count, Long::sum));
    }

    /** The share of each script, the largest first. */
    List<ScriptShare> shares() {
        double all = letters.values().stream().mapToLong(Long::longValue).sum();
        return letters.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new ScriptShare(entry.getKey().name(), entry.getValue(), entry.getValue() / all))
                .sorted(Comparator.comparingLong(ScriptShare::letters).reversed())
                .toList();
    }
}
