package org.mlxspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.run.Decision;
import org.mlxspring.autoconfigure.run.RunScore;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.domain.PageRequest;

/** The first start with the real engine, tickets and base model, only with fewer iterations than it really takes. */
@ExtendWith(OutputCaptureExtension.class)
class FirstRunTest {

    private static final String[] FEW = {
        "--mlx.schedules.nightly.settings.iters=40",
        "--mlx.schedules.nightly.settings.steps_per_eval=40",
        "--mlx.evaluation.generate=12"
    };

    private @TempDir Path data;

    @Test
    void theFirstStartLearnsAndTheSecondOnlyShowsWhatWasLearnt(CapturedOutput output) throws Exception {
        RunView run;
        try (Desk desk = new Desk(data, FEW)) {
            run = ended(desk.bean(Runs.class));
            assertThat(run.state()).as("%s", run.reason()).isEqualTo(RunState.SUCCEEDED);
            Map<String, RunScore> scores =
                    run.scores().stream().collect(Collectors.toMap(RunScore::name, Function.identity()));
            assertThat(scores).containsOnlyKeys("base", "candidate");
            assertThat(scores.get("candidate").loss())
                    .isLessThan(scores.get("base").loss() / 2);
            assertThat(scores.get("candidate").answered()).isEqualTo(12);
            assertThat(run.decision()).isEqualTo(Decision.PROMOTED);
            assertThat(Path.of(String.valueOf(run.fusedModel()))).isDirectoryContaining("glob:**/model.safetensors");
            assertThat(desk.bean(Models.class).champion("desk")).isPresent();
            await(() -> output.getOut().contains("Sign in as"));
        }
        assertThat(output.getOut())
                .contains("This is the first start", "of 40: loss", "before (base model)", "after (fine-tuned)")
                .contains("Expected    {\"queue\":\"", "viewer / viewer", "by schedule nightly")
                .contains("as base and adapter: the same first choice for");
        int length = output.getOut().length();
        try (Desk desk = new Desk(data, FEW)) {
            assertThat(output.getOut().substring(length)).contains("Nothing to do until the next run", run.id());
            assertThat(desk.bean(Runs.class)
                            .list(null, null, null, PageRequest.of(0, 5))
                            .getTotalElements())
                    .isEqualTo(1);
        }
    }

    private static RunView ended(Runs runs) throws InterruptedException {
        await(() -> newest(runs).state().over());
        return newest(runs);
    }

    private static RunView newest(Runs runs) {
        return runs.list(null, null, null, PageRequest.of(0, 1)).getContent().getFirst();
    }

    private static void await(Condition condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(4));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("time is up").isBefore(end);
            Thread.sleep(200);
        }
    }

    private interface Condition {
        boolean holds();
    }
}
