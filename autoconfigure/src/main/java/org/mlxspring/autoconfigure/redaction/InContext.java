package org.mlxspring.autoconfigure.redaction;

import java.util.List;
import java.util.function.Function;

/** Lets a detector that looks for words around a number see what stands before the text. */
final class InContext {

    private InContext() {}

    /** The findings of the text alone, by its own offsets, made in the text with what stands before. */
    static List<Finding> find(String before, String text, Function<String, List<Finding>> detector) {
        if (before.isEmpty()) {
            return detector.apply(text);
        }
        int shift = before.length();
        return detector.apply(before + text).stream()
                .filter(finding -> finding.start() >= shift)
                .map(finding -> new Finding(finding.type(), finding.start() - shift, finding.end() - shift))
                .toList();
    }
}
