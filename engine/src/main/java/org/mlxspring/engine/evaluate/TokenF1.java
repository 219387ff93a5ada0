package org.mlxspring.engine.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Harmonic mean of precision and recall over words, as in the evaluation of SQuAD (Rajpurkar et al. 2016): in lower case,
 * without ASCII punctuation and without the English articles a, an and the; order does not count. Two answers without
 * words are equal.
 */
record TokenF1() implements Metric {

    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    @Override
    public String name() {
        return "token_f1";
    }

    @Override
    public OptionalDouble score(String expected, String answer) {
        List<String> wanted = words(expected);
        List<String> given = words(answer);
        if (wanted.isEmpty() || given.isEmpty()) {
            return Metric.of(wanted.isEmpty() && given.isEmpty());
        }
        Map<String, Integer> left = new HashMap<>();
        wanted.forEach(word -> left.merge(word, 1, Integer::sum));
        int shared = 0;
        for (String word : given) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                shared++;
            }
        }
        // 2 p r / (p + r), where p = shared / given and r = shared / wanted.
        return OptionalDouble.of(2.0 * shared / (wanted.size() + given.size()));
    }

    private static List<String> words(String text) {
        String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        String bare = ARTICLES.matcher(plain).replaceAll(" ");
        return Arrays.stream(BLANKS.split(bare)).filter(word -> !word.isEmpty()).toList();
    }
}
