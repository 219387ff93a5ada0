package org.mlxspring.autoconfigure.redaction;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes detectors of the dictionaries and patterns in the application's settings, or says which setting is wrong. */
final class OwnRules {

    private static final String PREFIX = "mlx.datasets.redaction.";
    private static final int LONGEST_WORD = 200;

    private OwnRules() {}

    /** @throws IllegalArgumentException if a setting cannot be used; the message names it */
    static List<Detector> detectors(RedactionProperties properties) {
        List<Detector> detectors = new ArrayList<>();
        properties.dictionaries().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> detectors.add(dictionary(entry.getKey(), entry.getValue())));
        properties.patterns().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> detectors.add(pattern(entry.getKey(), entry.getValue())));
        return detectors;
    }

    private static Detector dictionary(String name, RedactionProperties.Dictionary dictionary) {
        String property = PREFIX + "dictionaries." + name;
        List<String> words = new ArrayList<>(dictionary.words());
        if (dictionary.file() != null) {
            words.addAll(lines(property, dictionary.file()));
        }
        words.removeIf(String::isBlank);
        if (words.isEmpty()) {
            throw new IllegalArgumentException(property + " has no words; give it words or a file.");
        }
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).length() > LONGEST_WORD) {
                throw new IllegalArgumentException(
                        property + " has a word of " + words.get(i).length() + " characters as number " + (i + 1)
                                + "; at most " + LONGEST_WORD + " are allowed.");
            }
        }
        return new DictionaryDetector(
                type(property, name, dictionary.type()), new WordIndex(words, dictionary.caseSensitive()));
    }

    private static List<String> lines(String property, Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(property + ".file is " + file + ", which is not in UTF-8.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(property + ".file is " + file + ", which cannot be read: " + e + ".", e);
        }
    }

    private static Detector pattern(String name, RedactionProperties.OwnPattern pattern) {
        String property = PREFIX + "patterns." + name;
        try {
            Pattern compiled = Pattern.compile(pattern.regex());
            if (compiled.matches("")) {
                throw new IllegalArgumentException(
                        property + ".regex matches the empty text; it must match something.");
            }
            return new PatternDetector(type(property, name, pattern.type()), compiled);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    property + ".regex cannot be used: " + e.getMessage()
                            + ". The syntax is RE2's, without back-references and look-around.",
                    e);
        }
    }

    private static String type(String property, String name, @Nullable String type) {
        String wanted = type == null ? name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") : type;
        if (!wanted.matches("[A-Z][A-Z0-9_]{0,63}")) {
            throw new IllegalArgumentException(property + " has the type '" + wanted
                    + "'; a type is a capital letter and up to 63 capitals, digits and underscores.");
        }
        return wanted;
    }
}
