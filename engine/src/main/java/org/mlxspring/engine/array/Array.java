package org.mlxspring.engine.array;

import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;
import org.mlxspring.engine.ffi.MlxException;
import org.mlxspring.engine.ffi.ProductCalls;

/**
 * An n-dimensional array of MLX. Operations are lazy: they record a graph, and {@link Mlx#eval} or reading values computes
 * it. Shapes follow NumPy's rules of broadcasting; negative axes count from the end. Every operation throws {@link
 * MlxException} with MLX's own message where shapes or types do not fit.
 */
public final class Array implements AutoCloseable {

    private long handle;

    // The neighbours in the list of the scope.
    @Nullable
    Scope scope;

    @Nullable
    Array next;

    @Nullable
    Array previous;

    private Array(long handle) {
        this.handle = handle;
    }

    static Array adopt(long handle) {
        Array array = new Array(handle);
        Scope.adopt(array);
        return array;
    }

    /** A float32 scalar. */
    public static Array of(float value) {
        Mlx.enter();
        return adopt(HandleCalls.newFloat(value));
    }

    /** An int32 scalar. */
    public static Array of(int value) {
        Mlx.enter();
        return adopt(HandleCalls.newInt(value));
    }

    /** A float32 array of a shape, filled in row-major order. */
    public static Array of(float[] values, int... shape) {
        return ArrayValues.of(values, shape);
    }

    /** An int32 array of a shape, filled in row-major order. */
    public static Array of(int[] values, int... shape) {
        return ArrayValues.of(values, DType.INT32, shape);
    }

    /** A uint32 array of a shape, filled in row-major order with the bits of {@code values}. */
    public static Array ofUnsigned(int[] values, int... shape) {
        return ArrayValues.of(values, DType.UINT32, shape);
    }

    public static Array zeros(DType type, int... shape) {
        return adopt(Calls.ni(MlxC.ZEROS, shape, type.ordinal(), Mlx.stream()));
    }

    public static Array ones(DType type, int... shape) {
        return adopt(Calls.ni(MlxC.ONES, shape, type.ordinal(), Mlx.stream()));
    }

    /** The numbers from {@code start} (inclusive) to {@code stop} (exclusive). */
    public static Array arange(double start, double stop, double step, DType type) {
        return adopt(Calls.arange(start, stop, step, type.ordinal(), Mlx.stream()));
    }

    public static Array concatenate(int axis, Array... arrays) {
        try (Vector vector = Vector.of(List.of(arrays))) {
            return adopt(Calls.ai(MlxC.CONCATENATE_AXIS, vector.handle(), axis, Mlx.stream()));
        }
    }

    /** Arrays of one shape as the entries of a new axis. */
    public static Array stack(int axis, List<Array> arrays) {
        try (Vector vector = Vector.of(arrays)) {
            return adopt(Calls.ai(MlxC.STACK_AXIS, vector.handle(), axis, Mlx.stream()));
        }
    }

    /** Elements of {@code then} where this condition holds, else of {@code otherwise}. */
    public Array where(Array then, Array otherwise) {
        return adopt(Calls.aaa(MlxC.WHERE, handle(), then.handle(), otherwise.handle(), Mlx.stream()));
    }

    public Array add(Array other) {
        return binary(MlxC.ADD, other);
    }

    public Array add(float other) {
        return binary(MlxC.ADD, scalar(other));
    }

    public Array subtract(Array other) {
        return binary(MlxC.SUBTRACT, other);
    }

    public Array multiply(Array other) {
        return binary(MlxC.MULTIPLY, other);
    }

    public Array multiply(float other) {
        return binary(MlxC.MULTIPLY, scalar(other));
    }

    public Array divide(Array other) {
        return binary(MlxC.DIVIDE, other);
    }

    public Array divide(float other) {
        return binary(MlxC.DIVIDE, scalar(other));
    }

    /** Whole division of whole numbers, rounded down. */
    public Array divideWhole(int other) {
        return binary(MlxC.FLOOR_DIVIDE, of(other).astype(dtype()));
    }

    public Array matmul(Array other) {
        return Kernels.there()
                ? adopt(ProductCalls.matmul(handle(), other.handle(), 0, Mlx.stream()))
                : binary(MlxC.MATMUL, other);
    }

    /** {@code this + a @ b}; this has the shape of the product, or is one row of it. */
    public Array addMatmul(Array a, Array b) {
        if (Kernels.there()) {
            return adopt(ProductCalls.matmul(a.handle(), b.handle(), handle(), Mlx.stream()));
        }
        return adopt(Calls.aaaff(MlxC.ADDMM, handle(), a.handle(), b.handle(), 1f, 1f, Mlx.stream()));
    }

    /** {@code this + factor * (a @ b)}. */
    public Array addMatmul(Array a, Array b, float factor) {
        return adopt(Calls.aaaff(MlxC.ADDMM, handle(), a.handle(), b.handle(), factor, 1f, Mlx.stream()));
    }

    public Array maximum(Array other) {
        return binary(MlxC.MAXIMUM, other);
    }

    public Array minimum(Array other) {
        return binary(MlxC.MINIMUM, other);
    }

    public Array power(Array exponent) {
        return binary(MlxC.POWER, exponent);
    }

    public Array equalTo(Array other) {
        return binary(MlxC.EQUAL, other);
    }

    public Array less(Array other) {
        return binary(MlxC.LESS, other);
    }

    public Array lessEqual(Array other) {
        return binary(MlxC.LESS_EQUAL, other);
    }

    public Array greater(Array other) {
        return binary(MlxC.GREATER, other);
    }

    public Array greaterEqual(Array other) {
        return binary(MlxC.GREATER_EQUAL, other);
    }

    public Array and(Array other) {
        return binary(MlxC.LOGICAL_AND, other);
    }

    public Array negative() {
        return unary(MlxC.NEGATIVE);
    }

    public Array exp() {
        return unary(MlxC.EXP);
    }

    public Array log() {
        return unary(MlxC.LOG);
    }

    public Array sqrt() {
        return unary(MlxC.SQRT);
    }

    public Array rsqrt() {
        return unary(MlxC.RSQRT);
    }

    public Array square() {
        return unary(MlxC.SQUARE);
    }

    public Array sigmoid() {
        return unary(MlxC.SIGMOID);
    }

    public Array tanh() {
        return unary(MlxC.TANH);
    }

    /** The error function. */
    public Array erf() {
        return unary(MlxC.ERF);
    }

    public Array abs() {
        return unary(MlxC.ABS);
    }

    public Array isFinite() {
        return unary(MlxC.ISFINITE);
    }

    /** The same values, through which no gradient flows. */
    public Array stopGradient() {
        return unary(MlxC.STOP_GRADIENT);
    }

    /** All axes reversed. */
    public Array transpose() {
        return unary(MlxC.TRANSPOSE);
    }

    public Array transpose(int... axes) {
        return adopt(Calls.an(MlxC.TRANSPOSE_AXES, handle(), axes, Mlx.stream()));
    }

    public Array reshape(int... shape) {
        return adopt(Calls.an(MlxC.RESHAPE, handle(), shape, Mlx.stream()));
    }

    public Array broadcastTo(int... shape) {
        return adopt(Calls.an(MlxC.BROADCAST_TO, handle(), shape, Mlx.stream()));
    }

    public Array expandDims(int axis) {
        return adopt(Calls.ai(MlxC.EXPAND_DIMS, handle(), axis, Mlx.stream()));
    }

    public Array squeeze(int axis) {
        return adopt(Calls.ai(MlxC.SQUEEZE_AXIS, handle(), axis, Mlx.stream()));
    }

    public Array astype(DType type) {
        return dtype() == type ? this : adopt(Calls.ai(MlxC.ASTYPE, handle(), type.ordinal(), Mlx.stream()));
    }

    /** The part of one axis from {@code start} (inclusive) to {@code stop} (exclusive). */
    public Array slice(int axis, int start, int stop) {
        AxisRange range = AxisRange.of(shape(), axis, start, stop);
        return adopt(Calls.annn(MlxC.SLICE, handle(), range.starts(), range.stops(), range.steps(), Mlx.stream()));
    }

    /**
     * This array cut along one axis, as views. Their gradients are joined at once, where those of slices are added up.
     *
     * @param lengths of the parts, which sum to the axis
     */
    public List<Array> split(int axis, int... lengths) {
        int[] starts = new int[lengths.length - 1];
        int start = 0;
        for (int part = 0; part < starts.length; part++) {
            start += lengths[part];
            starts[part] = start;
        }
        try (Vector parts = new Vector(Calls.ani(MlxC.SPLIT_SECTIONS, handle(), starts, axis, Mlx.stream()))) {
            return Vector.arrays(parts.handle());
        }
    }

    /** This array with the part of one axis that begins at {@code start} replaced by {@code update}. */
    public Array sliceUpdate(Array update, int axis, int start) {
        AxisRange range = AxisRange.of(shape(), axis, start, start + update.dim(axis));
        return adopt(Calls.aannn(
                MlxC.SLICE_UPDATE,
                handle(),
                update.handle(),
                range.starts(),
                range.stops(),
                range.steps(),
                Mlx.stream()));
    }

    /** The entries of an axis at the given indices; an index array of shape S gives S in the place of the axis. */
    public Array take(Array indices, int axis) {
        return adopt(Calls.aai(MlxC.TAKE_AXIS, handle(), indices.handle(), axis, Mlx.stream()));
    }

    public Array takeAlong(Array indices, int axis) {
        return adopt(Calls.aai(MlxC.TAKE_ALONG_AXIS, handle(), indices.handle(), axis, Mlx.stream()));
    }

    public Array sum() {
        return adopt(Calls.az(MlxC.SUM, handle(), false, Mlx.stream()));
    }

    public Array sum(int axis, boolean keepDims) {
        return adopt(Calls.aiz(MlxC.SUM_AXIS, handle(), axis, keepDims, Mlx.stream()));
    }

    /** The mean of all elements, in this array's type. */
    public Array mean() {
        return adopt(Calls.az(MlxC.MEAN, handle(), false, Mlx.stream()));
    }

    public Array mean(int axis, boolean keepDims) {
        return adopt(Calls.aiz(MlxC.MEAN_AXIS, handle(), axis, keepDims, Mlx.stream()));
    }

    public Array max(int axis, boolean keepDims) {
        return adopt(Calls.aiz(MlxC.MAX_AXIS, handle(), axis, keepDims, Mlx.stream()));
    }

    public Array argmax(int axis) {
        return adopt(Calls.aiz(MlxC.ARGMAX_AXIS, handle(), axis, false, Mlx.stream()));
    }

    public Array logSumExp(int axis) {
        return adopt(Calls.aiz(MlxC.LOGSUMEXP_AXIS, handle(), axis, false, Mlx.stream()));
    }

    public Array softmax(int axis) {
        return adopt(Calls.aiz(MlxC.SOFTMAX_AXIS, handle(), axis, true, Mlx.stream()));
    }

    /** For each element of an axis, the sum of those after it. */
    public Array sumOfLater(int axis) {
        return adopt(Calls.cumsum(handle(), axis, true, false, Mlx.stream()));
    }

    public Array argsort(int axis) {
        return adopt(Calls.ai(MlxC.ARGSORT_AXIS, handle(), axis, Mlx.stream()));
    }

    /** Indices that put the {@code kth} smallest entry of an axis in its place, smaller ones before it. */
    public Array argpartition(int kth, int axis) {
        return adopt(Calls.aii(MlxC.ARGPARTITION_AXIS, handle(), kth, axis, Mlx.stream()));
    }

    /** This array with the elements of an axis at some indices replaced; {@code values} are broadcast to them. */
    public Array putAlong(Array indices, Array values, int axis) {
        return adopt(Calls.aaai(MlxC.PUT_ALONG_AXIS, handle(), indices.handle(), values.handle(), axis, Mlx.stream()));
    }

    public Array sort(int axis) {
        return adopt(Calls.ai(MlxC.SORT_AXIS, handle(), axis, Mlx.stream()));
    }

    /** The same bits as elements of another type. */
    public Array view(DType type) {
        return adopt(Calls.ai(MlxC.VIEW, handle(), type.ordinal(), Mlx.stream()));
    }

    /**
     * For each entry of {@code indices} the product of the matching matrix of this array and the matrix of {@code
     * matrices} that it names.
     *
     * @param matrices [count, in, out]
     * @param indices which of them, uint32 or int32, broadcast against this array's leading axes
     * @param sorted whether the indices ascend, which is faster
     */
    public Array gatherMatmul(Array matrices, Array indices, boolean sorted) {
        return adopt(Calls.gatherMm(handle(), matrices.handle(), indices.handle(), sorted, Mlx.stream()));
    }

    /** A copy in row-major order where this is not already in it. */
    public Array contiguous() {
        return adopt(Calls.az(MlxC.CONTIGUOUS, handle(), false, Mlx.stream()));
    }

    /** The same values, computed no earlier than another array; so that work in pieces is not done all at once. */
    public Array after(Array other) {
        try (Vector values = Vector.of(List.of(this));
                Vector others = Vector.of(List.of(other));
                Vector results = new Vector(HandleCalls.item(MlxC.DEPENDS, values.handle(), others.handle()))) {
            return Vector.arrays(results.handle()).getFirst();
        }
    }

    /** Another handle to the same array, in the current scope. */
    public Array again() {
        try (Vector vector = Vector.of(List.of(this))) {
            return Vector.arrays(vector.handle()).getFirst();
        }
    }

    /** A copy of the shape. */
    public int[] shape() {
        return ArrayValues.shape(this);
    }

    /** The length of an axis; negative axes count from the end. */
    public int dim(int axis) {
        int[] shape = shape();
        return shape[axis < 0 ? axis + shape.length : axis];
    }

    /** Number of axes. */
    int axes() {
        return (int) HandleCalls.get(MlxC.ARRAY_NDIM, handle());
    }

    /** Number of elements. */
    public long size() {
        return HandleCalls.get(MlxC.ARRAY_SIZE, handle());
    }

    /** Number of bytes of the elements. */
    public long bytes() {
        return HandleCalls.get(MlxC.ARRAY_NBYTES, handle());
    }

    public DType dtype() {
        return DType.of(HandleCalls.getInt(MlxC.ARRAY_DTYPE, handle()));
    }

    /** Computes this array of one element and reads it, converted to float32. */
    public float item() {
        return ArrayValues.single(this);
    }

    /** Computes this array and reads its elements in row-major order, converted to float32. */
    public float[] toFloats() {
        return ArrayValues.floats(this);
    }

    /** Computes this array and reads its elements in row-major order, converted to int32. */
    public int[] toInts() {
        return ArrayValues.ints(this);
    }

    long handle() {
        if (handle == 0) {
            throw new IllegalStateException("This array was closed, or its scope was");
        }
        return handle;
    }

    private Array unary(MethodHandle operation) {
        return adopt(Calls.a(operation, handle(), Mlx.stream()));
    }

    private Array binary(MethodHandle operation, Array other) {
        return adopt(Calls.aa(operation, handle(), other.handle(), Mlx.stream()));
    }

    /** A scalar that leaves the type of a floating array as it is, as a Python number does. */
    private Array scalar(float value) {
        Array scalar = of(value);
        DType type = dtype();
        return type.isFloating() ? scalar.astype(type) : scalar;
    }

    /** Frees this handle; the memory goes when nothing else refers to it. Closing again does nothing. */
    @Override
    public void close() {
        if (handle != 0) {
            Mlx.enter();
            Scope.forget(this);
            long freed = handle;
            handle = 0;
            HandleCalls.run(MlxC.ARRAY_FREE, freed);
        }
    }
}
