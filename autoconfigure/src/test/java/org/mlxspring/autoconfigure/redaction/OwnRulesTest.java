package org.mlxspring.autoconfigure.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dictionaries and patterns of the application's settings. */
class OwnRulesTest {

    private static final String RULES = "mlx.datasets.redaction.";

    @Test
    void wordsAreFoundWholeAndTheLongestWins() {
        Redaction redaction = Redactions.of(Map.of(
                RULES + "dictionaries.project-names.words[0]", "Blue",
                RULES + "dictionaries.project-names.words[1]", "Blue Heron",
                RULES + "dictionaries.people.words[0]", "Çağla Öztürk",
                RULES + "dictionaries.people.type", "PERSON",
                RULES + "dictionaries.codes.words[0]", "XR",
                RULES + "dictionaries.codes.case-sensitive", "true"));
        assertThat(redaction.find("BLUE\u00A0HERON, blues, blue.")).containsExactly(
                new Finding("PROJECT_NAMES", 0, 10), new Finding("PROJECT_NAMES", 19, 23));
        assertThat(redaction.find("Frau ÇAĞLA öztürk")).containsExactly(new Finding("PERSON", 5, 17));
        assertThat(redaction.find("XR xr XRs")).containsExactly(new Finding("CODES", 0, 2));
    }

    @Test
    void aFileOfAHundredThousandWordsIsOneSearch(@TempDir Path folder) throws IOException {
        List<String> words =
                IntStream.range(0, 100_000).mapToObj(i -> "name" + Integer.toString(i, 36)).toList();
        Path file = Files.write(folder.resolve("names.txt"), words);
        Redaction redaction = Redactions.of(Map.of(RULES + "dictionaries.names.file", file.toString()));
        String last = words.getLast();
        assertThat(redaction.find("namex " + last + " name0 name0name")).containsExactly(
                new Finding("NAMES", 6, 6 + last.length()),
                new Finding("NAMES", 7 + last.length(), 12 + last.length()));
    }

    @Test
    void patternsAreFoundAndTakeLinearTime() {
        Redaction redaction = Redactions.of(Map.of(
                RULES + "patterns.customer.regex", "K-[0-9]{6}",
                RULES + "patterns.customer.type", "CUSTOMER_NUMBER",
                RULES + "patterns.evil.regex", "(a+)+b"));
        assertThat(redaction.find("ref K-123456")).containsExactly(new Finding("CUSTOMER_NUMBER", 4, 12));
        assertThat(redaction.find("a".repeat(20_000))).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        refused("patterns.customer.regex", "K-[0-9", "patterns.customer.regex cannot be used");
        refused("patterns.twice.regex", "(a)\\1", "patterns.twice.regex cannot be used");
        refused("patterns.nothing.regex", "a*", "matches the empty text");
        refused("dictionaries.empty.type", "EMPTY", "dictionaries.empty has no words");
        refused("dictionaries.gone.file", "/does/not/exist", "dictionaries.gone.file is /does/not/exist");
        refused("dictionaries.12.words", "x", "type '12'");
        refused("phone-regions", "XX", "phone-regions has 'XX'");
    }

    private static void refused(String setting, String value, String message) {
        assertThatThrownBy(() -> Redactions.of(Map.of(RULES + setting, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
