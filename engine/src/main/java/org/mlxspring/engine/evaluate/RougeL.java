package org.mlxspring.engine.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * F-measure of the longest common subsequence of words (Lin 2004). Words are those of the package {@code rouge-score}
 * without stemming: runs of a to z and 0 to 9 in lower case; all else, other letters too, parts them. 0 where one of the
 * two has no words.
 */
record RougeL() implements Metric {

    private static final Pattern BETWEEN = Pattern.compile("[^a-z0-9]+");

    @Override
    public String name() {
        return "rouge_l";
    }

    @Override
    public OptionalDouble score(String expected, String answer) {
        List<String> wanted = words(expected);
        List<String> given = words(answer);
        int common = commonSubsequence(wanted, given);
        return OptionalDouble.of(common == 0 ? 0 : 2.0 * common / (wanted.size() + given.size()));
    }

    private static int commonSubsequence(List<String> a, List<String> b) {
        int[] before = new int[b.size() + 1];
        for (String word : a) {
            int[] lengths = new int[b.size() + 1];
            for (int j = 1; j <= b.size(); j++) {
                lengths[j] = word.equals(b.get(j - 1)) ? before[j - 1] + 1 : Math.max(before[j], lengths[j - 1]);
            }
            before = lengths;
        }
        return before[b.size()];
    }

    private static List<String> words(String text) {
        return Arrays.stream(BETWEEN.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
