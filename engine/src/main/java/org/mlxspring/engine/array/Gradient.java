package org.mlxspring.engine.array;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;

/**
 * A function together with its gradient. What the function throws is thrown by {@link #apply}, as it was; MLX's own
 * errors inside it are {@link org.mlxspring.engine.ffi.MlxException}s.
 */
public final class Gradient implements AutoCloseable {

    private final Closure function;
    private final long handle;

    private Gradient(Closure function, long handle) {
        this.function = function;
        this.handle = handle;
    }

    /**
     * Differentiates with respect to the first arguments.
     *
     * @param function of the inputs; its first result is the scalar that is differentiated, others are passed along
     * @param count how many of the first inputs receive a gradient
     */
    public static Gradient of(UnaryOperator<List<Array>> function, int count) {
        Closure closure = Closure.of(function);
        return new Gradient(
                closure,
                HandleCalls.valueAndGrad(
                        closure.handle(), IntStream.range(0, count).toArray()));
    }

    /** Computes the function's results and the gradients of the first of them, in the current scope. */
    public Result apply(List<Array> inputs) {
        try (Vector vector = Vector.of(inputs)) {
            long[] results = HandleCalls.applyValueAndGrad(handle, vector.handle());
            try (Vector values = new Vector(results[0]);
                    Vector gradients = new Vector(results[1])) {
                return new Result(Vector.arrays(values.handle()), Vector.arrays(gradients.handle()));
            }
        }
    }

    @Override
    public void close() {
        HandleCalls.run(MlxC.CLOSURE_VALUE_AND_GRAD_FREE, handle);
        function.close();
    }

    /**
     * Runs a function now, and again in the backward pass instead of keeping what it computed on the way (gradient
     * checkpointing). Gradients flow to {@code inputs} only, so everything trained must be among them.
     */
    public static List<Array> checkpoint(UnaryOperator<List<Array>> function, List<Array> inputs) {
        try (Closure plain = Closure.of(function);
                Closure checkpointed = new Closure(HandleCalls.item(MlxC.CHECKPOINT, plain.handle()))) {
            return checkpointed.apply(inputs);
        }
    }

    /**
     * @param values results of the function
     * @param gradients one per differentiated input
     */
    public record Result(List<Array> values, List<Array> gradients) {}
}
