package org.mlxspring.autoconfigure.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final Placeholders PLACEHOLDERS = Placeholders.keyed("a key of sufficient length".getBytes());

    private final Redaction redaction = Redactions.byDefault();

    @Test
    void theSameValueGetsTheSamePlaceholderHoweverItIsWritten() {
        assertThat(placeholder("Jane.Doe@Example.com")).isEqualTo(placeholder("jane.doe@example.com"));
        assertThat(placeholder("+49 (0)171 2345678"))
                .isEqualTo(placeholder("0171/2345678"))
                .isEqualTo(placeholder("0049 171 234 5678"));
        assertThat(placeholder("DE89 3704 0044 0532 0130 00")).isEqualTo(placeholder("de89370400440532013000"));
        assertThat(placeholder("4111-1111-1111-1111")).isEqualTo(placeholder("4111111111111111"));
        assertThat(placeholder("jane@example.com")).isNotEqualTo(placeholder("john@example.com"));
    }

    @Test
    void aPlaceholderTellsItsTypeAndDependsOnTheKey() {
        Placeholders others = Placeholders.keyed("another key of such length".getBytes());
        String here = redaction.redact("jane@example.com", PLACEHOLDERS).text();
        assertThat(here).matches("\\[EMAIL-[0-9A-HJKMNP-TV-Z]{6}]");
        assertThat(redaction.redact("jane@example.com", others).text()).isNotEqualTo(here);
        assertThat(PLACEHOLDERS.placeholder("EMAIL", "x")).isNotEqualTo(PLACEHOLDERS.placeholder("PHONE", "x"));
        assertThatThrownBy(() -> Placeholders.keyed(new byte[15])).hasMessageContaining("at least 16");
    }

    @Test
    void placeholdersAreLeftAndNothingIsReadFromThem() {
        String text = "[US_SSN-3F9A1C] 536228726 [EMAIL-3F9A1C]";
        assertThat(redaction.redact(text, PLACEHOLDERS).text()).isEqualTo(text);
    }

    @Test
    void offsetsCountUtf16Units() {
        Finding finding = redaction.find("😀 a@example.com").getFirst();
        assertThat(finding).isEqualTo(new Finding("EMAIL", 3, 16));
    }

    @Test
    void everyStringOfARowIsRedactedAndNoName() {
        List<Finding> found = new ArrayList<>();
        Map<String, Object> row = Map.of(
                "messages",
                List.of(Map.of(
                        "role",
                        "assistant",
                        "tool_calls",
                        List.of(Map.of("function", Map.of("arguments", "{\"to\":\"jane@example.com\"}"))))),
                "jane@example.com",
                true);
        Map<String, Object> redacted = redaction.redact(row, PLACEHOLDERS, found::add);
        assertThat(redacted.toString())
                .contains("jane@example.com=true", "{\"to\":\"" + placeholder("jane@example.com") + "\"}");
        assertThat(found).extracting(Finding::type).containsExactly("EMAIL");
    }

    @Test
    void aStringIsReadWithItsFieldAndTheStringBefore() {
        assertThat(row(Map.of("ssn", "536228726")).get("ssn").toString()).startsWith("[US_SSN-");
        assertThat(row(Map.of("password", "iloveyou")).get("password").toString()).startsWith("[PASSWORD-");
        assertThat(row(Map.of("note", "536228726")).get("note")).isEqualTo("536228726");
        List<Object> messages = List.of(
                Map.of("content", "Could you tell me your social security number?"), Map.of("content", "536228726."));
        assertThat(row(Map.of("messages", messages)).toString()).contains("content=[US_SSN-");
    }

    @Test
    void aNumberOfTheRowIsReplacedAsAWhole() {
        Map<String, Object> row = row(Map.of("phone", 4915112345678L, "count", 12, "amount", 12.5, "ssn", 536228726));
        assertThat(row.get("phone").toString()).startsWith("[PHONE-");
        assertThat(row.get("ssn").toString()).startsWith("[US_SSN-");
        assertThat(row).containsEntry("count", 12).containsEntry("amount", 12.5);
    }

    @Test
    void whatIsSwitchedOffStays() {
        Redaction less = Redactions.of(Map.of("mlx.datasets.redaction.off", "IP_ADDRESS,US_SSN"));
        String text = "10.1.2.3, SSN 536-22-8726, a@example.com";
        assertThat(less.find(text)).extracting(Finding::type).containsExactly("EMAIL");
        Redaction none = Redactions.of(Map.of("mlx.datasets.redaction.enabled", "false"));
        assertThat(none.redact(Map.of("text", text), PLACEHOLDERS, finding -> {})).containsEntry("text", text);
        assertThat(none.find(text)).hasSize(3);
    }

    @Test
    void ofOverlappingFindingsTheLongestGivesTheTypeAndAllIsCovered() {
        List<Finding> merged = Overlaps.merged(List.of(
                new Finding("SHORT", 8, 12), new Finding("LONG", 0, 10), new Finding("TIED", 0, 10), new Finding("APART", 12, 13)));
        assertThat(merged).containsExactly(new Finding("LONG", 0, 12), new Finding("APART", 12, 13));
    }

    @Test
    void aDetectorOfTheApplicationTakesPart() {
        Redaction own = Redactions.of(Map.of(), new StaffNumbers());
        assertThat(own.redact("Ask S-4711 or a@example.com", PLACEHOLDERS).text())
                .startsWith("Ask [STAFF_NUMBER-")
                .contains("[EMAIL-");
        Redaction wrong = Redactions.of(Map.of(), new StaffNumbers() {
            @Override
            public List<Finding> find(String text) {
                return List.of(new Finding("OTHER", 0, 1));
            }
        });
        assertThatThrownBy(() -> wrong.find("some words"))
                .hasMessageContaining("OTHER")
                .hasMessageNotContaining("some words");
    }

    /** A detector as an application writes one. */
    static class StaffNumbers implements Detector {
        @Override
        public Set<String> types() {
            return Set.of("STAFF_NUMBER");
        }

        @Override
        public List<Finding> find(String text) {
            List<Finding> findings = new ArrayList<>();
            for (int at = text.indexOf("S-"); at >= 0; at = text.indexOf("S-", at + 1)) {
                if (at + 6 <= text.length() && text.substring(at + 2, at + 6).matches("\\d{4}")) {
                    findings.add(new Finding("STAFF_NUMBER", at, at + 6));
                }
            }
            return findings;
        }
    }

    private Map<String, Object> row(Map<String, Object> row) {
        return redaction.redact(row, PLACEHOLDERS, finding -> {});
    }

    private String placeholder(String text) {
        return redaction.redact(text, PLACEHOLDERS).text();
    }
}
