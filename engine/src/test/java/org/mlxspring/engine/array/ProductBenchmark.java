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
 * A large matrix product in float32, as an idea of the most that a machine does. {@code engine/bench/share} compares training
 * with it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {

    private static final int WIDTH = 2048;

    private Array left;
    private Array right;

    /** In a scope that is never closed: the process ends with the benchmark. */
    @Setup(Level.Trial)
    public void make() {
        org.mlxspring.engine.array.Scope.open();
        left = Array.ones(DType.FLOAT32, WIDTH, WIDTH);
        right = Array.ones(DType.FLOAT32, WIDTH, WIDTH);
        Mlx.eval(left, right);
    }

    /** 2 x 2048 x 2048 x 2048 floating-point operations. */
    @Benchmark
    public void product2048() {
        try (Array product = left.matmul(right)) {
            Mlx.eval(product);
        }
    }
}
