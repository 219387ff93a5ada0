package org.mlxspring.engine.array;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one operation costs from Java: recording it and freeing its array. {@code engine/bench/binding} runs these beside the
 * operations of the same names in {@code engine/bench/peer/binding.py}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BindingBenchmark {

    private static final int WIDTH = 64;

    private Array rows;
    private Array further;
    private Array square;
    private Array indices;
    private Array one;
    private Array two;
    private Array gate;
    private Array down;

    /** In a scope that is never closed: the process ends with the benchmark. */
    @Setup(Level.Trial)
    public void make() {
        org.mlxspring.engine.array.Scope.open();
        rows = Array.ones(DType.FLOAT32, 8, WIDTH);
        further = Array.ones(DType.FLOAT32, 8, WIDTH);
        square = Array.ones(DType.FLOAT32, WIDTH, WIDTH);
        indices = Array.of(new int[] {3, 1, 2}, 3);
        one = Array.of(1f);
        two = Array.of(2f);
        gate = Array.ones(DType.FLOAT32, WIDTH, 2 * WIDTH);
        down = Array.ones(DType.FLOAT32, 2 * WIDTH, WIDTH);
        Mlx.eval(rows, further, square, indices, one, two, gate, down);
    }

    @Benchmark
    public void add() {
        rows.add(further).close();
    }

    @Benchmark
    public void matmul() {
        rows.matmul(square).close();
    }

    @Benchmark
    public void reshape() {
        rows.reshape(2, 4, WIDTH).close();
    }

    @Benchmark
    public void slice() {
        rows.slice(0, 2, 6).close();
    }

    @Benchmark
    public void take() {
        rows.take(indices, 0).close();
    }

    /** Ten operations: two layers with a gate, a sum and a norm. */
    @Benchmark
    public void mlp() {
        try (var scope = org.mlxspring.engine.array.Scope.open()) {
            Array hidden = rows.matmul(gate);
            Array activated = hidden.multiply(hidden.sigmoid());
            Array out = activated.matmul(down).add(rows);
            out.multiply(out).mean(-1, true).add(one).rsqrt().multiply(out);
        }
    }

    /** A sum of two scalars, computed. */
    @Benchmark
    public void eval() {
        try (Array sum = one.add(two)) {
            Mlx.eval(sum);
        }
    }

    /** A sum of two scalars, computed and read. */
    @Benchmark
    public float item() {
        try (Array sum = one.add(two)) {
            return sum.item();
        }
    }

    /** A scalar that was computed before, read. */
    @Benchmark
    public float read() {
        return one.item();
    }
}
