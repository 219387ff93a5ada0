package org.mlxspring.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.autoconfigure.run.RunStateChanged;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.TrainingReported;
import org.mlxspring.engine.train.TrainEvent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ActuatorTest {
    private static final Instant NIGHT = Instant.parse("2026-11-21T02:00:00Z");

    private static @TempDir Path folder;
    private static ConfigurableApplicationContext host;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {}

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("base"));
        Files.writeString(folder.resolve("base/config.json"), "{\"model_type\": \"llama\"}");
        host = SpringApplication.run(
                Host.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:mem:actuator",
                "--spring.flyway.enabled=false",
                "--spring.batch.job.enabled=false",
                "--spring.security.user.password=secret",
                "--management.endpoint.health.show-details=always",
                "--mlx.runs.concurrency=0",
                "--mlx.models.there.path=" + folder.resolve("base"),
                "--mlx.models.packed.path=" + folder.resolve("model-q4.gguf"),
                "--mlx.models.gone.path=" + folder.resolve("nowhere"),
                "--mlx.home=" + folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void healthSaysWhatIsMissingWithoutTakingTheApplicationOutOfService() {
        JsonNode all = health("/actuator/health");
        assertThat(all.get("status").asString()).isEqualTo("UP");
        JsonNode mlx = health("/actuator/health/mlx");
        assertThat(mlx.get("status").asString()).isEqualTo("UNKNOWN");
        assertThat(mlx.at("/details/models/there").asString()).isEqualTo("usable");
        assertThat(mlx.at("/details/problems").toString())
                .contains("The model gone of mlx.models.gone.path cannot be used: There is no model folder")
                .contains("is a GGUF file. GGUF is a format for serving");
        assertThat(mlx.at("/details/models/packed").asString()).isEqualTo("not usable");
        assertThat(mlx.at("/details/nativeLibrary/platform").asString()).contains("-");
        assertThat(mlx.at("/details/home/freeBytes").asLong()).isPositive();
        assertThat(mlx.at("/details/runs/queued").asInt(-1)).isZero();
    }

    @Test
    void endedRunsAreCountedAndTimedByModelJobAndState() {
        host.publishEvent(new RunStateChanged(run(RunState.SUCCEEDED)));
        MeterRegistry meters = host.getBean(MeterRegistry.class);
        assertThat(meters.get("mlx.runs")
                        .tags("model", "there", "job", "pipeline", "state", "SUCCEEDED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("mlx.run.duration").timer().totalTime(java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(Duration.ofMinutes(15).toSeconds());
        assertThat(meters.get("mlx.runs.queued").gauge().value()).isZero();
        assertThat(meters.get("mlx.runs.running").gauge().value()).isZero();
    }

    @Test
    void theGaugesFollowTheTrainingUntilItEnds() {
        MeterRegistry meters = host.getBean(MeterRegistry.class);
        RunView run = run(RunState.TRAINING);
        host.publishEvent(new TrainingReported(run, new TrainEvent.Report(10, 1.25, 1e-4, 2, 900, 5000, 1.5, 0.7)));
        host.publishEvent(new TrainingReported(run, new TrainEvent.Validated(10, 1.5, 3)));
        assertThat(meters.get("mlx.training.loss").tag("kind", "train").gauge().value())
                .isEqualTo(1.25);
        assertThat(meters.get("mlx.training.loss").tag("kind", "valid").gauge().value())
                .isEqualTo(1.5);
        assertThat(meters.get("mlx.training.tokens.per.second").gauge().value()).isEqualTo(900);
        assertThat(meters.get("mlx.training.peak.memory").gauge().value()).isEqualTo(1.5e9);
        host.publishEvent(new RunStateChanged(run(RunState.EVALUATING)));
        assertThat(meters.get("mlx.training.loss").tag("kind", "train").gauge().value())
                .isNaN();
    }

    private static JsonNode health(String path) {
        String port = host.getEnvironment().getRequiredProperty("local.server.port");
        String body = RestClient.create("http://localhost:" + port)
                .get()
                .uri(path)
                .headers(headers -> headers.setBasicAuth("user", "secret"))
                .retrieve()
                .body(String.class);
        return JsonMapper.shared().readTree(body);
    }

    private static RunView run(RunState state) {
        return new RunView(
                "20261121-020000-5fa3c1",
                "pipeline",
                "there",
                "tickets",
                1,
                state,
                null,
                Map.of(),
                10,
                100,
                NIGHT,
                NIGHT,
                NIGHT.plus(Duration.ofMinutes(15)),
                "tina",
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                List.of());
    }
}
