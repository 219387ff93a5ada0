package org.mlxspring.engine.adapter;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.mlxspring.engine.adapter.gguf.GgufType;
import org.mlxspring.engine.adapter.gguf.GgufWeights;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;

/**
 * Compares what was written with base and adapter: a result that answers otherwise than what was trained and judged is
 * refused. Two models are in memory at a time.
 */
final class ResultCheck {

    /** Rounding the sum of weight and adapter to the type of the weights. */
    private static final double LIMIT = 0.01;
    /** Packing the sum into four to eight bits again. */
    private static final double LIMIT_QUANTIZED = 0.1;
    /** Packing the sum into two or three bits again, of which nobody expects more. */
    private static final double LIMIT_COARSE = 1;
    /** Rounding to eight bits in blocks of 32. */
    private static final double LIMIT_Q8_0 = 0.1;

    private final FuseSpec spec;
    private final HeldOutRows rows;

    ResultCheck(FuseSpec spec, HeldOutRows rows) {
        this.spec = spec;
        this.rows = rows;
    }

    /**
     * Loads a fused folder as written.
     *
     * @throws AdapterException if it is too far from base and adapter
     */
    CheckReport fused(Path folder) {
        return compare("fused", folder, usualLimit(folder), model -> {});
    }

    /**
     * Reads a GGUF file back.
     *
     * @param folder the unquantized model that it was written of
     * @throws AdapterException if it is too far from base and adapter
     */
    CheckReport gguf(Path file, Path folder, GgufType type) {
        return compare(
                "gguf",
                folder,
                type == GgufType.Q8_0 ? LIMIT_Q8_0 : LIMIT,
                model -> GgufWeights.load(file, ModelConfig.read(folder), model));
    }

    private CheckReport compare(String result, Path folder, double usualLimit, Consumer<LanguageModel> change) {
        try (Scope scope = Scope.open()) {
            LanguageModel adapted = ModelRegistry.load(spec.model());
            new AdapterFolder(spec.adapterPath()).load(adapted);
            LanguageModel written = ModelRegistry.load(folder);
            change.accept(written);
            Divergence divergence = Divergence.between(adapted, written, rows);
            CheckReport report = new CheckReport(
                    result,
                    rows.file().toString(),
                    rows.rows().size(),
                    divergence.tokens(),
                    divergence.meanKl(),
                    divergence.equalArgmax(),
                    spec.check().maxKl().orElse(usualLimit));
            if (!report.passed()) {
                throw new AdapterException("The " + (result.equals("gguf") ? "GGUF file" : "fused model")
                        + " is refused, since it answers otherwise than base and adapter: " + report.text()
                        + "; the limit is " + report.maxKl() + " (--max-kl). Nothing was written to " + spec.savePath()
                        + "." + advice(result));
            }
            return report;
        }
    }

    private String advice(String result) {
        boolean packed = !spec.dequantize() && isQuantized(spec.model());
        if (result.equals("gguf")) {
            boolean rounded = spec.gguf().orElseThrow().type() == GgufType.Q8_0;
            return rounded ? " Export it as f16 or bf16." : " Serve the fused folder, or base and adapter.";
        }
        return packed ? " Fuse with --dequantize, or serve base and adapter." : " Serve base and adapter.";
    }

    private static double usualLimit(Path folder) {
        if (!isQuantized(folder)) {
            return LIMIT;
        }
        ModelConfig config = ModelConfig.read(folder);
        int bits = config.object("quantization")
                .map(quantization -> quantization.intOr("bits", 4))
                .orElse(4);
        return bits < 4 ? LIMIT_COARSE : LIMIT_QUANTIZED;
    }

    private static boolean isQuantized(Path folder) {
        ModelConfig config = ModelConfig.read(folder);
        return config.object("quantization")
                .or(() -> config.object("quantization_config"))
                .isPresent();
    }
}
