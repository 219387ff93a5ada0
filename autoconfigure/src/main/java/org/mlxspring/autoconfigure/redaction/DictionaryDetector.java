package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the words and phrases of one of the application's dictionaries, as whole words. */
final class DictionaryDetector implements Detector {

    private final String type;
    private final WordIndex words;

    DictionaryDetector(String type, WordIndex words) {
        this.type = type;
        this.words = words;
    }

    @Override
    public Set<String> types() {
        return Set.of(type);
    }

    @Override
    public String normalized(String type, String value) {
        return words.folded(value);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int end = Chars.startsWord(text, i) ? words.longestAt(text, i) : -1;
            if (end > i) {
                findings.add(new Finding(type, i, end));
            }
            i = Math.max(i + 1, end);
        }
        return findings.isEmpty() ? List.of() : findings;
    }
}
