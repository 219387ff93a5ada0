package org.mlxspring.autoconfigure.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds what one of the application's regular expressions matches. RE2/J takes time in proportion to the text whatever the
 * expression, so that none can hold up an import; in return it has no back-references and no look-around.
 */
final class PatternDetector implements Detector {

    private final String type;
    private final Pattern pattern;

    PatternDetector(String type, Pattern pattern) {
        this.type = type;
        this.pattern = pattern;
    }

    @Override
    public Set<String> types() {
        return Set.of(type);
    }

    /** Empty matches are no findings. */
    @Override
    public List<Finding> find(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        do {
            if (matcher.end() > matcher.start()) {
                findings.add(new Finding(type, matcher.start(), matcher.end()));
            }
        } while (matcher.find());
        return findings;
    }
}
