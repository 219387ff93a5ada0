package org.mlxspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was found in a version: everything is counted, and of each check the first ones are kept. */
final class Findings implements Consumer<CheckFinding> {

    private final Set<CheckName> off;
    private final int limit;
    private final Map<CheckName, Long> counts = new EnumMap<>(CheckName.class);
    private final Map<String, Long> dataTypes = new TreeMap<>();
    private final Map<CheckName, List<CheckFinding>> kept = new EnumMap<>(CheckName.class);

    /**
     * @param off checks whose findings do not count
     * @param limit findings of each check that are kept
     */
    Findings(Set<CheckName> off, int limit) {
        this.off = off;
        this.limit = limit;
    }

    @Override
    public void accept(CheckFinding finding) {
        if (off.contains(finding.check())) {
            return;
        }
        counts.merge(finding.check(), 1L, Long::sum);
        if (finding.check() == CheckName.PERSONAL_DATA || finding.check() == CheckName.SECRET) {
            dataTypes.merge(finding.detail(), 1L, Long::sum);
        }
        List<CheckFinding> same = kept.computeIfAbsent(finding.check(), check -> new ArrayList<>());
        if (same.size() < limit) {
            same.add(finding);
        }
    }

    long count(CheckName check) {
        return counts.getOrDefault(check, 0L);
    }

    /** Rows by the type of personal data or secret that was found in them. */
    Map<String, Long> dataTypes() {
        return Collections.unmodifiableMap(dataTypes);
    }

    int kept(CheckName check) {
        return kept.getOrDefault(check, List.of()).size();
    }

    /** Those that were kept, check by check. */
    List<CheckFinding> all() {
        return kept.values().stream().flatMap(List::stream).toList();
    }
}
