package org.mlxspring.engine.cli;

import java.util.Locale;
import org.mlxspring.engine.array.ByteSize;
import org.mlxspring.engine.array.MachineMemory;
import org.mlxspring.engine.train.MemoryCheck;
import org.mlxspring.engine.train.MemoryEstimate;
import org.mlxspring.engine.train.TrainSpec;

/** What {@code mlx lora --estimate} prints: the memory that a run needs, part by part, and what there is. */
final class MemoryReport {

    private MemoryReport() {}

    static String of(TrainSpec spec) {
        MemoryEstimate estimate = MemoryCheck.estimate(spec);
        StringBuilder report = new StringBuilder();
        for (MemoryEstimate.Part part : estimate.parts()) {
            if (part.bytes() > 0) {
                line(report, part.name(), part.bytes());
            }
        }
        line(report, "together", estimate.total());
        line(report, "that it may use", MachineMemory.ofDevice().limit());
        return report.toString();
    }

    private static void line(StringBuilder report, String name, long bytes) {
        report.append(String.format(Locale.ROOT, "%-36s %9s%n", name, ByteSize.text(bytes)));
    }
}
