package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes one finding of those that overlap. */
final class Overlaps {

    private record Ranked(Finding finding, int rank) {

        boolean before(Ranked other) {
            int longer = Integer.compare(finding.length(), other.finding.length());
            return longer > 0 || longer == 0 && rank < other.rank;
        }
    }

    private Overlaps() {}

    /**
     * One finding for each stretch of overlapping ones. It covers all of them, so that no part of the loser stays in the
     * text, and has the type of the longest; of equally long ones, of the first in the list.
     */
    static List<Finding> merged(List<Finding> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        List<Ranked> sorted = new ArrayList<>(findings.size());
        for (int i = 0; i < findings.size(); i++) {
            sorted.add(new Ranked(findings.get(i), i));
        }
        sorted.sort(Comparator.comparingInt(ranked -> ranked.finding.start()));
        List<Finding> merged = new ArrayList<>(sorted.size());
        Ranked best = sorted.getFirst();
        int start = best.finding.start();
        int end = best.finding.end();
        for (Ranked next : sorted.subList(1, sorted.size())) {
            if (next.finding.start() < end) {
                end = Math.max(end, next.finding.end());
                best = next.before(best) ? next : best;
            } else {
                merged.add(new Finding(best.finding.type(), start, end));
                best = next;
                start = next.finding.start();
                end = next.finding.end();
            }
        }
        merged.add(new Finding(best.finding.type(), start, end));
        return merged;
    }
}
