package org.mlxspring.engine.text.jinja;

import java.util.AbstractList;

/** Python's {@code range}, at most 100,000 numbers as in jinja2's sandbox. */
final class Range extends AbstractList<Object> {

    private static final long MOST = 100_000;

    private final long start;
    private final long stop;
    private final long step;
    private final int size;

    Range(long start, long stop, long step) {
        if (step == 0) {
            throw new EvaluationException("the step of range() must not be 0");
        }
        long count = step > 0 ? Math.ceilDiv(stop - start, step) : Math.ceilDiv(start - stop, -step);
        if (count > MOST) {
            throw new EvaluationException("range() would give " + count + " numbers; at most " + MOST + " are allowed");
        }
        this.start = start;
        this.stop = stop;
        this.step = step;
        this.size = (int) Math.max(0, count);
    }

    @Override
    public Object get(int index) {
        return start + step * index;
    }

    @Override
    public int size() {
        return size;
    }

    String representation() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}
