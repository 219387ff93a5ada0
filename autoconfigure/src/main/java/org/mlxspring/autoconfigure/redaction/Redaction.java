package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds personal data and secrets with all detectors, and replaces them. Safe for use by several threads. The time is in
 * proportion to the length of the text, as far as the application's own detectors keep to that.
 */
public class Redaction {

    private final List<Detector> detectors;
    private final Map<String, Detector> byType = new HashMap<>();
    private final Set<String> off;
    private final boolean enabled;

    /**
     * @param detectors where two find the same stretch, the type of the first one counts
     * @param off types that are not looked for
     * @param enabled whether rows are changed
     */
    Redaction(List<Detector> detectors, Set<String> off, boolean enabled) {
        this.enabled = enabled;
        this.detectors = detectors.stream()
                .filter(detector -> !off.containsAll(detector.types()))
                .toList();
        this.off = Set.copyOf(off);
        this.detectors.forEach(detector -> detector.types().forEach(type -> byType.putIfAbsent(type, detector)));
    }

    /**
     * A text after its redaction.
     *
     * @param text the text with placeholders
     * @param findings what was replaced, by offsets in the text as it was before
     */
    public record Redacted(String text, List<Finding> findings) {}

    /** What is found in the text, in its order and without overlaps. Placeholders in it are no findings. */
    public List<Finding> find(String text) {
        return find("", text);
    }

    /** The text with every finding replaced. */
    public Redacted redact(String text, Placeholders placeholders) {
        return redact("", text, placeholders);
    }

    /**
     * A row with every string in it redacted, at any depth; names of fields stay. A string counts as said after the string
     * before it and as the value of its field, so that <q>your tax number?</q> gives a meaning to the digits in the
     * answer. A whole number that is a finding becomes its placeholder. Where {@code mlx.datasets.redaction.enabled} is
     * false, the row stays as it is and nothing is told.
     *
     * @param row JSON as maps, lists, strings, numbers, booleans and nulls
     * @param found told each finding, by offsets in its own string
     */
    public Map<String, Object> redact(Map<String, ?> row, Placeholders placeholders, Consumer<Finding> found) {
        return enabled ? new RowRedaction(this, placeholders, found).redact(row) : new LinkedHashMap<>(row);
    }

    Redacted redact(String before, String text, Placeholders placeholders) {
        List<Finding> findings = find(before, text);
        if (findings.isEmpty()) {
            return new Redacted(text, findings);
        }
        StringBuilder redacted = new StringBuilder(text.length());
        int done = 0;
        for (Finding finding : findings) {
            String value = text.substring(finding.start(), finding.end());
            redacted.append(text, done, finding.start())
                    .append(placeholders.placeholder(
                            finding.type(), byType.get(finding.type()).normalized(finding.type(), value)));
            done = finding.end();
        }
        return new Redacted(redacted.append(text, done, text.length()).toString(), findings);
    }

    private List<Finding> find(String before, String text) {
        String open = KeyedPlaceholders.masked(text);
        List<Finding> findings = new ArrayList<>();
        for (Detector detector : detectors) {
            for (Finding finding : detector.find(before, open)) {
                if (finding.end() > text.length() || !detector.types().contains(finding.type())) {
                    throw new IllegalStateException(detector.getClass().getName() + " found " + finding
                            + " in a text of " + text.length() + " UTF-16 units; its types are " + detector.types()
                            + ".");
                }
                if (!off.contains(finding.type())) {
                    findings.add(finding);
                }
            }
        }
        return Overlaps.merged(findings);
    }
}
