package org.mlxspring.engine.array;

import java.util.Arrays;

/**
 * A part of one axis and the whole of the others, as MLX asks for it: a number for every axis.
 *
 * @param starts first indices
 * @param stops indices after the last
 * @param steps distances between indices
 */
record AxisRange(int[] starts, int[] stops, int[] steps) {

    /**
     * @param shape of the array
     * @param axis counted from the end where it is negative
     */
    static AxisRange of(int[] shape, int axis, int start, int stop) {
        int at = axis < 0 ? axis + shape.length : axis;
        int[] starts = new int[shape.length];
        int[] stops = shape.clone();
        int[] steps = new int[shape.length];
        Arrays.fill(steps, 1);
        starts[at] = start;
        stops[at] = stop;
        return new AxisRange(starts, stops, steps);
    }
}
