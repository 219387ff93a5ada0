package org.mlxspring.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;

class OptimizerTest {

    private static final ScheduleSettings COSINE = new ScheduleSettings("cosine_decay", List.of(1e-2, 20.0), 3, 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adam",
                "adamEveryOption",
                "adamwSchedule",
                "sgd",
                "sgdNesterov",
                "muon",
                "adafactor",
                "adafactorEveryOption",
                "adafactor_bfloat16"
            })
    void goesOnFromWhatWasSavedBitForBit(String name) throws IOException {
        DType type = name.endsWith("16") ? DType.BFLOAT16 : DType.FLOAT32;
        OptimizerSettings settings = Goldens.settings(Goldens.cases().path(name));
        long before = Scope.liveHandles();
        try (Scope scope = Scope.open()) {
            Optimizer alone = optimizer(settings);
            Map<String, Parameter> parameters = Goldens.parameters(type);
            steps(alone, parameters, type, 0, Goldens.STEPS);

            Optimizer killed = optimizer(settings);
            Map<String, Parameter> half = Goldens.parameters(type);
            steps(killed, half, type, 0, 11);
            Path file = folder.resolve("moments.safetensors");
            Safetensors.save(file, killed.moments(), Map.of());
            Optimizer resumed = optimizer(settings);
            resumed.restore(Safetensors.load(file), killed.updates());
            assertThat(resumed.learningRate()).isEqualTo(killed.learningRate());
            steps(resumed, half, type, 11, Goldens.STEPS);

            assertThat(floats(half)).isEqualTo(floats(parameters));
            assertThat(resumed.moments().keySet()).isEqualTo(alone.moments().keySet());
            resumed.moments().forEach((key, moment) -> {
                Array other = alone.moments().get(key);
                assertThat(moment.dtype()).as(key).isEqualTo(other.dtype());
                assertThat(moment.toFloats()).as(key).isEqualTo(other.toFloats());
            });
        }
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "sgdMomentum", "muon", "adafactor"})
    void holdsTheSameNumberOfArraysAfterEveryUpdate(String name) {
        Optimizer optimizer = optimizer(Goldens.settings(Goldens.cases().path(name)));
        try (Scope scope = Scope.open()) {
            Map<String, Parameter> parameters = Goldens.parameters(DType.FLOAT32);
            steps(optimizer, parameters, DType.FLOAT32, 0, 1);
            long live = Scope.liveHandles();
            steps(optimizer, parameters, DType.FLOAT32, 1, 5);
            assertThat(Scope.liveHandles()).isEqualTo(live);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "sgdMomentum", "muon", "adafactor"})
    void aHalfParameterWithFloat32GradientsKeepsItsType(String name) {
        Optimizer optimizer = optimizer(Goldens.settings(Goldens.cases().path(name)));
        try (Scope scope = Scope.open()) {
            Map<String, Parameter> parameters = Goldens.parameters(DType.FLOAT16);
            for (int i = 0; i < 3; i++) {
                try (Scope step = Scope.open()) {
                    Mlx.eval(optimizer.update(parameters, Goldens.gradients(i, DType.FLOAT32), step));
                }
            }
            assertThat(parameters.values()).allMatch(each -> each.value().dtype() == DType.FLOAT16);
            assertThat(optimizer.moments().values()).allMatch(each -> each.dtype() == DType.FLOAT32);
            floats(parameters).values().forEach(values -> assertThat(values).doesNotContain("NaN"));
        }
    }

    @Test
    void momentsOfOtherParametersAreRefused() {
        try (Scope scope = Scope.open()) {
            Map<String, Parameter> parameters = Goldens.parameters(DType.FLOAT32);
            Optimizer without = optimizer(new OptimizerSettings("adam", Map.of()));
            without.restore(Map.of(), 7);
            assertThatThrownBy(() -> steps(without, parameters, DType.FLOAT32, 0, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("The moments of update 7 do not fit this run: '.*' is missing; it must have.*");
            Optimizer other = optimizer(new OptimizerSettings("sgd", Map.of("momentum", 0.9)));
            Map<String, Array> moments = new LinkedHashMap<>();
            parameters.forEach((name, each) -> moments.put(name + ".v", Array.zeros(DType.FLOAT32, 1, 1, 9)));
            other.restore(moments, 7);
            assertThatThrownBy(() -> steps(other, parameters, DType.FLOAT32, 0, 1))
                    .hasMessageContaining("has shape [1, 1, 9]; it must have shape");
        }
    }

    @Test
    void optionsMayBeTextsAndListsByIndex() {
        Map<String, Object> options =
                Map.of("betas", Map.of("0", "0.8", "1", "0.95"), "eps", "1e-6", "bias_correction", "true");
        Map<String, Object> plain = Map.of("betas", List.of(0.8, 0.95), "eps", 1e-6, "bias_correction", true);
        try (Scope scope = Scope.open()) {
            Map<String, Parameter> one = Goldens.parameters(DType.FLOAT32);
            Map<String, Parameter> two = Goldens.parameters(DType.FLOAT32);
            steps(optimizer(new OptimizerSettings("Adam", options)), one, DType.FLOAT32, 0, 3);
            steps(optimizer(new OptimizerSettings("adam", plain)), two, DType.FLOAT32, 0, 3);
            assertThat(floats(one)).isEqualTo(floats(two));
        }
    }

    @Test
    void settingsReadTheSameInEveryProcess() {
        Map<String, Object> options =
                Map.of("weight_decay", 0.1, "eps", 1e-6, "betas", List.of(0.8, 0.95), "bias_correction", true);
        assertThat(new OptimizerSettings("AdamW", options))
                .hasToString("OptimizerSettings[name=adamw,"
                        + " options={betas=[0.8, 0.95], bias_correction=true, eps=1.0E-6, weight_decay=0.1}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rmsprop | eps | 1 | optimizer is 'rmsprop'; it must be adam, adamw, muon, sgd or adafactor.",
                "adam | weight_decay | 0.1 | optimizer_config.adam has no option 'weight_decay';"
                        + " known are betas, bias_correction, decay_norms_and_biases, eps.",
                "muon | ns_step | 5 | optimizer_config.muon has no option 'ns_step';"
                        + " known are decay_norms_and_biases, momentum, nesterov, ns_steps, weight_decay.",
                "adam | betas | 0.9 | optimizer_config.adam.betas is '0.9'; it must be two numbers.",
                "adamw | eps | -1 | optimizer_config.adamw.eps is '-1'; it must be at least 0.",
                "adamw | eps | tiny | optimizer_config.adamw.eps is 'tiny'; it must be a number.",
                "sgd | nesterov | true | optimizer_config.sgd.nesterov is 'true';"
                        + " it must be false, or momentum above 0 and dampening 0.",
                "muon | ns_steps | 2.5 | optimizer_config.muon.ns_steps is '2.5';"
                        + " it must be a whole number of at least 0.",
                "adafactor | clip_threshold | 0 | optimizer_config.adafactor.clip_threshold is '0'; it must be above 0.",
                "adafactor | relative_step | maybe | optimizer_config.adafactor.relative_step is 'maybe';"
                        + " it must be true or false."
            })
    void whatIsUnknownOrWrongIsNamed(String optimizer, String option, String value, String message) {
        assertThatThrownBy(() -> optimizer(new OptimizerSettings(optimizer, Map.of(option, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void betasOutOfRangeAreRefused() {
        assertThatThrownBy(() -> optimizer(new OptimizerSettings("adam", Map.of("betas", List.of(0.9, 1)))))
                .hasMessage("optimizer_config.adam.betas is '[0.9, 1]';"
                        + " it must be two numbers, each at least 0 and below 1.");
    }

    private static Optimizer optimizer(OptimizerSettings settings) {
        return Optimizer.of(settings, Schedule.of(COSINE), name -> name.equals("lora_b") ? 16 : 1);
    }

    private static void steps(Optimizer optimizer, Map<String, Parameter> parameters, DType type, int from, int to) {
        for (int i = from; i < to; i++) {
            try (Scope step = Scope.open()) {
                Mlx.eval(optimizer.update(parameters, Goldens.gradients(i, type), step));
            }
        }
    }

    private static Map<String, String> floats(Map<String, Parameter> parameters) {
        Map<String, String> floats = new LinkedHashMap<>();
        parameters.forEach((name, parameter) ->
                floats.put(name, Arrays.toString(parameter.value().toFloats())));
        return floats;
    }
}
