package org.mlxspring.engine.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mlxspring.engine.array.ByteSize;
import org.mlxspring.engine.array.MachineMemory;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelShape;
import org.mlxspring.engine.text.Tokenizer;

/** Holds a run to the memory of the machine before anything of it is loaded. */
public final class MemoryCheck {

    private static final Path NVIDIA = Path.of("/dev/nvidiactl");
    /** A token, and one that follows it. */
    private static final TokenizedRows SHORTEST =
            TokenizedRows.of(List.of(new TokenizedRow(new int[] {0, 0}, new int[] {1, 2})));

    private MemoryCheck() {}

    /**
     * What a run needs on this machine, on the thread that owns MLX. Nothing is loaded but the rows' tokens.
     *
     * @throws IllegalArgumentException if {@code mlx.memory.limit} is no size
     * @throws org.mlxspring.engine.model.ModelException if the base model cannot be used
     * @throws org.mlxspring.engine.data.RowException if a row is bad
     * @throws org.mlxspring.engine.data.DataException if the training split is missing or empty
     */
    public static MemoryEstimate estimate(TrainSpec spec) {
        try (Tokenizer tokenizer = Tokenizer.load(spec.model())) {
            return of(spec, Splits.of(spec, tokenizer).require(Split.TRAIN)).estimate(spec.settings());
        }
    }

    /**
     * Why a run cannot fit into this machine's memory whatever its rows are, without MLX: for a process that only starts
     * those that train. Rows and the device are looked at where it trains. Empty where nothing is known to speak against
     * it, and on a machine whose graphics card may have memory of its own.
     *
     * @param model folder of the base model
     * @throws IllegalArgumentException if {@code mlx.memory.limit} is no size
     */
    public static Optional<String> problem(Path model, TrainSettings settings) {
        MachineMemory memory = MachineMemory.ofMachine();
        if (memory.allowed().isEmpty() && Files.exists(NVIDIA)) {
            return Optional.empty();
        }
        try {
            new RunMemory(ModelShape.read(model), SHORTEST, Computation.ON_CPU, memory.limit()).fitting(settings);
            return Optional.empty();
        } catch (ModelException e) {
            // Whoever loads the model says what is wrong with it.
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses a run whose model, adapter and optimizer alone do not fit, on the thread that owns MLX.
     *
     * @throws IllegalArgumentException if they do not
     */
    static void requireForWeights(TrainSpec spec) {
        of(spec, SHORTEST).fitting(spec.settings());
    }

    /**
     * The run as it can be made: as asked, or with a smaller batch where its settings allow that.
     *
     * @throws IllegalArgumentException if it does not fit; the message names settings with which it would
     */
    static TrainSpec fitting(TrainSpec spec, TokenizedRows train, Consumer<TrainEvent> listener) {
        TrainSettings asked = spec.settings();
        Optional<TrainSettings> before = asked.autoBatch() && spec.resume()
                ? Checkpoint.last(spec.adapterPath())
                        .map(each -> TrainSettings.fromMap(each.readState().settings()))
                : Optional.empty();
        TrainSettings chosen = before.map(each -> SmallerRun.inPartsAs(each, asked))
                .orElseGet(() -> of(spec, train).fitting(asked));
        if (!chosen.equals(asked)) {
            listener.accept(new TrainEvent.Notice("The memory that arrays may fill, "
                    + ByteSize.text(MachineMemory.ofDevice().limit())
                    + ", is too little for this run as it was asked for."
                    + " It goes on with " + SmallerRun.difference(asked, chosen)
                    + ", which makes the same updates of the same number of rows."));
        }
        return spec.withSettings(chosen);
    }

    private static RunMemory of(TrainSpec spec, TokenizedRows train) {
        return new RunMemory(
                ModelShape.read(spec.model()),
                train,
                Computation.here(),
                MachineMemory.ofDevice().limit());
    }
}
