package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.AttentionKind;
import org.mlxspring.engine.model.ModelShape;
import org.mlxspring.engine.model.ModelShape.Tensor;

class RunMemoryTest {

    private static final long MEGABYTE = 1_000_000;
    private static final int LAYERS = 4;
    private static final int HIDDEN = 256;
    private static final int INNER = 1024;
    private static final int VOCABULARY = 8000;
    private static final TokenizedRows ROWS = TokenizedRows.of(IntStream.range(0, 16)
            .mapToObj(row -> TokenizedRow.after(0, new int[512]))
            .toList());
    private static final TrainSettings SETTINGS =
            TrainSettings.fromMap(Map.of("batch_size", 8, "num_layers", -1, "iters", 100, "steps_per_eval", 50));

    @Test
    void aRunThatFitsStaysAsItIs() {
        assertThat(within(10_000).fitting(SETTINGS)).isEqualTo(SETTINGS);
        assertThat(within(10_000).fitting(auto())).isEqualTo(auto());
    }

    @Test
    void aRunThatDoesNotFitIsRefusedWithWhatWould() {
        long asked = within(0).estimate(SETTINGS).total() / MEGABYTE;

        assertThatThrownBy(() -> within(asked - 1).fitting(SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "The run needs about \\d+ MB of memory \\(activations for the backward pass \\d+ MB, .*\\),"
                                + " but it may use \\d+ MB\\. It would fit with grad_checkpoint true\\.");
    }

    @Test
    void adviceGoesFromCheckpointingOverTheBatchToShorterRowsAndFewerLayers() {
        assertThat(advice(Map.of())).startsWith("grad_checkpoint true.");
        assertThat(advice(Map.of("grad_checkpoint", true)))
                .startsWith("batch_size 4, iters 200 and grad_accumulation_steps 2.")
                .doesNotContain("steps_per_eval");
        assertThat(advice(Map.of("grad_checkpoint", true, "batch_size", 1))).startsWith("max_seq_length 256.");
        assertThat(advice(Map.of(
                        "grad_checkpoint", true, "batch_size", 1, "max_seq_length", 200, "fine_tune_type", "full")))
                .startsWith("num_layers 2.");
    }

    @Test
    void whereNothingHelpsTheModelIsTooLarge() {
        assertThatThrownBy(() -> within(1).fitting(SETTINGS)).hasMessageEndingWith("or more memory.");
    }

    @Test
    void autoBatchCutsTheBatchAndKeepsTheRowsOfAnUpdate() {
        TrainSettings chosen =
                within(within(0).estimate(auto()).total() / MEGABYTE - 1).fitting(auto());

        assertThat(chosen.batchSize()).isEqualTo(4);
        assertThat(chosen.gradAccumulationSteps()).isEqualTo(2);
        assertThat(chosen.gradCheckpoint()).isFalse();
        assertThat(chosen.iters()).isEqualTo(200);
        assertThat(chosen.stepsPerEval()).isEqualTo(100);
        assertThat(SmallerRun.inPartsAs(chosen, auto())).isEqualTo(chosen);
    }

    @Test
    void autoBatchTakesCheckpointingOnlyWhereASingleRowIsTooMuch() {
        TrainSettings single = SmallerRun.with(auto(), Map.of("batch_size", 1));
        TrainSettings chosen =
                within(within(0).estimate(single).total() / MEGABYTE - 1).fitting(auto());

        assertThat(chosen.gradCheckpoint()).isTrue();
        assertThat(chosen.batchSize() * chosen.gradAccumulationSteps()).isEqualTo(8);
    }

    @Test
    void buffersAreWatched() {
        List<TrainEvent> events = new ArrayList<>();
        BufferWatch watch = new BufferWatch(OptionalLong.of(1000), events::add);

        watch.look(799);
        assertThat(events).isEmpty();
        watch.look(800);
        watch.look(900);
        assertThat(events).singleElement().isInstanceOf(TrainEvent.Notice.class);
        new BufferWatch(OptionalLong.empty(), events::add).look(Long.MAX_VALUE);
        assertThat(events).hasSize(1);
    }

    /** What a refusal of settings advises, with a limit just below what they need. */
    private static String advice(Map<String, Object> changed) {
        TrainSettings settings = SmallerRun.with(SETTINGS, changed);
        RunMemory little = within(within(0).estimate(settings).total() / MEGABYTE - 1);
        try {
            little.fitting(settings);
            throw new AssertionError("it fits");
        } catch (IllegalArgumentException e) {
            return e.getMessage().replaceFirst(".*It would fit with ", "");
        }
    }

    private static TrainSettings auto() {
        return SmallerRun.with(SETTINGS, Map.of("auto_batch", true));
    }

    private static RunMemory within(long megabytes) {
        return new RunMemory(model(), ROWS, Computation.ON_CPU, megabytes * MEGABYTE);
    }

    private static ModelShape model() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(tensor(-1, "model.embed_tokens.weight", VOCABULARY, HIDDEN));
        tensors.add(tensor(-1, "model.norm.weight", HIDDEN));
        for (int layer = 0; layer < LAYERS; layer++) {
            tensors.add(tensor(layer, "self_attn.q_proj.weight", HIDDEN, HIDDEN));
            tensors.add(tensor(layer, "self_attn.k_proj.weight", HIDDEN, HIDDEN));
            tensors.add(tensor(layer, "self_attn.v_proj.weight", HIDDEN, HIDDEN));
            tensors.add(tensor(layer, "self_attn.o_proj.weight", HIDDEN, HIDDEN));
            tensors.add(tensor(layer, "mlp.gate_proj.weight", INNER, HIDDEN));
            tensors.add(tensor(layer, "mlp.up_proj.weight", INNER, HIDDEN));
            tensors.add(tensor(layer, "mlp.down_proj.weight", HIDDEN, INNER));
        }
        return new ModelShape(tensors, HIDDEN, LAYERS, 4, 4, 64, INNER, 0, VOCABULARY, AttentionKind.PLAIN);
    }

    private static Tensor tensor(int layer, String name, Integer... shape) {
        long elements = List.of(shape).stream().mapToLong(Integer::longValue).reduce(1, (x, y) -> x * y);
        return new Tensor(layer, name, List.of(shape), elements * 4, "F32", false, false);
    }
}
