package org.mlxspring.autoconfigure.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what is labelled is found, and how much of what is found is labelled: type and both ends must agree. */
class CorpusTest {

    private static final double LEAST_RECALL = 0.98;
    private static final double LEAST_PRECISION = 0.95;

    private final Redaction redaction = Redactions.byDefault();

    private static final class Counts {
        private int found;
        private int missed;
        private int wrong;

        double recall() {
            return found + missed == 0 ? 1 : (double) found / (found + missed);
        }

        double precision() {
            return found + wrong == 0 ? 1 : (double) found / (found + wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases.jsonl", "held-out.jsonl"})
    void findsWhatIsThereAndLittleElse(String name) throws IOException {
        Map<String, Counts> types = new TreeMap<>();
        Counts all = new Counts();
        List<String> mistakes = new ArrayList<>();
        for (Corpus.Case one : Corpus.read(name)) {
            List<Finding> found = redaction.find(one.text());
            for (Finding label : one.findings()) {
                Counts counts = types.computeIfAbsent(label.type(), type -> new Counts());
                if (found.contains(label)) {
                    counts.found++;
                    all.found++;
                } else {
                    counts.missed++;
                    all.missed++;
                    mistakes.add("missed " + shown(label, one));
                }
            }
            for (Finding finding : found) {
                if (!one.findings().contains(finding)) {
                    types.computeIfAbsent(finding.type(), type -> new Counts()).wrong++;
                    all.wrong++;
                    mistakes.add("wrong  " + shown(finding, one));
                }
            }
        }
        System.out.printf(
                "%s%n%-22s %6s %7s %6s %7s %9s%n", name, "type", "found", "missed", "wrong", "recall", "precision");
        types.forEach(CorpusTest::print);
        print("all", all);
        mistakes.forEach(System.out::println);
        assertThat(all.recall()).as("recall; %s", mistakes).isGreaterThanOrEqualTo(LEAST_RECALL);
        assertThat(all.precision()).as("precision; %s", mistakes).isGreaterThanOrEqualTo(LEAST_PRECISION);
    }

    @Test
    void isLargeEnough() throws IOException {
        assertThat(Corpus.read("cases.jsonl")).hasSizeGreaterThanOrEqualTo(400);
        assertThat(Corpus.read("held-out.jsonl")).hasSizeGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases.jsonl", "held-out.jsonl"})
    void redactingTwiceIsRedactingOnce(String name) throws IOException {
        Placeholders placeholders = Placeholders.keyed(new byte[32]);
        for (Corpus.Case one : Corpus.read(name)) {
            String once = redaction.redact(one.text(), placeholders).text();
            assertThat(redaction.redact(once, placeholders)).isEqualTo(new Redaction.Redacted(once, List.of()));
        }
    }

    private static void print(String type, Counts counts) {
        System.out.printf(
                "%-22s %6d %7d %6d %7.3f %9.3f%n",
                type, counts.found, counts.missed, counts.wrong, counts.recall(), counts.precision());
    }

    private static String shown(Finding finding, Corpus.Case one) {
        return finding.type() + " '" + one.text().substring(finding.start(), finding.end()) + "' in: " + one.text();
    }
}
