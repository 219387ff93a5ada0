package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.adapter.CheckReport;
import org.mlxspring.engine.adapter.CheckSpec;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.adapter.GgufTarget;
import org.mlxspring.engine.adapter.gguf.GgufType;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.evaluate.AnswerSettings;
import org.mlxspring.engine.evaluate.Estimate;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.evaluate.MetricScore;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.generate.SamplerSettings;
import org.mlxspring.engine.train.Best;
import org.mlxspring.engine.train.TrainData;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSettings;
import org.mlxspring.engine.train.TrainSpec;

class WorkerJsonTest {

    private static final Path FOLDER = Path.of("/models/base model");

    static Stream<WorkerTask> tasks() {
        TrainSettings settings = TrainSettings.fromMap(Map.of(
                "optimizer", "adamw",
                "optimizer_config", Map.of("adamw", Map.of("betas", List.of(0.9, 0.95), "weight_decay", 0.01)),
                "lora_parameters", Map.of("rank", 4, "keys", List.of("self_attn.q_proj")),
                "lr_schedule", Map.of("name", "cosine_decay", "arguments", List.of(1e-5, 1000, 1e-7), "warmup", 10),
                "learning_rate", "1e-5"));
        return Stream.of(
                new WorkerTask.Train(new TrainSpec(
                        FOLDER, FOLDER, Optional.of(FOLDER), FOLDER, settings, Optional.empty(), true, false)),
                new WorkerTask.Train(new TrainSpec(
                        FOLDER,
                        new TrainData.Prepared(FOLDER, FileKey.random()),
                        FOLDER,
                        settings,
                        Optional.empty(),
                        true,
                        false)),
                new WorkerTask.Evaluate(new EvaluateSpec(
                        FOLDER,
                        List.of(
                                new EvaluateSpec.Contender("base", Optional.empty()),
                                new EvaluateSpec.Contender("candidate", Optional.of(FOLDER))),
                        new RowFile(FOLDER, Optional.of(FileKey.random())),
                        LossMask.PROMPT,
                        4,
                        2048,
                        20,
                        64,
                        Optional.of(new RowFile(FOLDER, Optional.of(FileKey.random()))),
                        new AnswerSettings(
                                new SamplerSettings(0.7, 0.9, 0, 1, 40, Optional.empty(), 7),
                                Map.of("enable_thinking", false),
                                4,
                                200,
                                1))),
                new WorkerTask.Fuse(new FuseSpec(
                        FOLDER,
                        FOLDER,
                        FOLDER,
                        true,
                        Optional.of(new GgufTarget("model.gguf", GgufType.Q8_0)),
                        CheckSpec.sealed(FOLDER, FileKey.random()))));
    }

    static Stream<WorkerMessage> messages() {
        return Stream.concat(
                Stream.of(
                        new WorkerMessage.Ready(4711, "0.32.2", "cpu"),
                        new WorkerMessage.BaseModel("5fa3c1"),
                        new WorkerMessage.Evaluating("champion", 3, 60),
                        new WorkerMessage.Evaluated(
                                new Evaluation(List.of(new Evaluation.Score("base", 60, 1.5, 4.4816, 60, 12)))),
                        new WorkerMessage.Fused(
                                FOLDER,
                                List.of("config.json", "model.safetensors"),
                                List.of(new CheckReport("fused", "valid.jsonl", 32, 900, 0.001, 0.99, 0.01))),
                        new WorkerMessage.Evaluated(new Evaluation(List.of(new Evaluation.Score(
                                "candidate",
                                60,
                                1.25,
                                3.4903,
                                60,
                                30,
                                List.of(new MetricScore(
                                        "exact_match",
                                        60,
                                        new Estimate(0.5, 0.375, 0.625),
                                        Optional.of(new Estimate(0.3, 0.125, 0.5)))))))),
                        new WorkerMessage.Failed("line one\nline two \"quoted\" äöü", true),
                        new WorkerMessage.Done()),
                events().map(WorkerMessage.Training::new));
    }

    static Stream<TrainEvent> events() {
        return Stream.of(
                new TrainEvent.Started(1, 20, 1000, 100_000_000_000L, 32, 8, 1, 3000),
                new TrainEvent.Report(10, 2.345, 1e-5, 12.5, 3000.25, 1L << 33, 0.123, 1.5),
                new TrainEvent.Report(11, Double.NaN, 1e-5, 1, 1, 1, 1, Double.POSITIVE_INFINITY),
                new TrainEvent.Validated(0, 3.25, 0.5),
                new TrainEvent.Validated(0, 3.25, 0.5, Map.of("reward_margin", 1.5), true),
                new TrainEvent.Referenced(6, 12),
                new TrainEvent.Notice("Little memory."),
                new TrainEvent.Saved(10, FOLDER.resolve("0000010_adapters.safetensors")),
                new TrainEvent.Tested(2.5, Math.exp(2.5)),
                new TrainEvent.Finished(20, true),
                new TrainEvent.Finished(15, false, Optional.of(new Best(10, 3.25))));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void tasksComeBackAsTheyWere(WorkerTask task) {
        assertThat(WorkerJson.task(WorkerJson.line(task))).isEqualTo(task);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesComeBackAsTheyWere(WorkerMessage message) {
        String line = WorkerJson.line(message);
        assertThat(line).doesNotContain("\n");
        assertThat(WorkerJson.message(line)).contains(message);
    }

    @Test
    void everyKindIsAmongTheSamples() {
        assertThat(tasks().map(Object::getClass).distinct().count())
                .isEqualTo(WorkerTask.class.getPermittedSubclasses().length);
        assertThat(messages().map(Object::getClass).distinct().count())
                .isEqualTo(WorkerMessage.class.getPermittedSubclasses().length);
        assertThat(events().map(Object::getClass).distinct().count())
                .isEqualTo(TrainEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void theKindStandsInTheFieldType() {
        assertThat(WorkerJson.line(new WorkerMessage.Training(new TrainEvent.Validated(0, 3.25, 0.5))))
                .isEqualTo("{\"type\":\"training\",\"event\":{\"type\":\"validated\",\"iteration\":0,\"valLoss\":3.25,"
                        + "\"seconds\":0.5,\"metrics\":{},"
                        + "\"best\":false}}");
        assertThat(WorkerJson.command("{\"type\":\"stop\"}")).isEqualTo(new WorkerCommand.Stop());
    }

    @Test
    void relativePathsBecomeAbsolute() {
        var task = (WorkerTask.Fuse) WorkerJson.task(
                WorkerJson.line(new WorkerTask.Fuse(new FuseSpec(Path.of("a"), Path.of("b/c"), Path.of("d"), false))));
        assertThat(task.spec().adapterPath()).isEqualTo(Path.of("b/c").toAbsolutePath());
    }

    @Test
    void linesThatAreNoMessagesArePassedOver() {
        for (String line : Arrays.asList("", "warning: something", "{", "{}", "{\"type\":\"unknown\"}", "[1]", "{1}")) {
            assertThat(WorkerJson.message(line)).as(line).isEmpty();
        }
    }
}
