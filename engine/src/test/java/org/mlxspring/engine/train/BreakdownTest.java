package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose numbers stop being numbers. */
class BreakdownTest {

    private TinyTraining tiny;

    /** Six rows, so that every batch of three is full. */
    @BeforeEach
    void tiny(@TempDir Path folder) throws IOException {
        Path fixture = new TinyTraining(folder).data();
        List<String> rows = new ArrayList<>(Files.readAllLines(fixture.resolve("train.jsonl")));
        rows.addAll(Files.readAllLines(fixture.resolve("valid.jsonl")).subList(0, 2));
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.write(data.resolve("train.jsonl"), rows);
        tiny = new TinyTraining(folder, data);
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndNamesItsRowsAndTheLastGoodCheckpoint() throws IOException {
        List<Integer> saved = new ArrayList<>();
        TrainException broken = catchThrowableOfType(
                TrainException.class,
                () -> tiny.train(
                        "nan",
                        Map.of(
                                "batch_size",
                                3,
                                "lr_schedule",
                                Map.of("name", "exponential_decay", "arguments", List.of(1e-3, 1e7)),
                                "iters",
                                20,
                                "save_every",
                                1),
                        event -> {
                            if (event instanceof TrainEvent.Saved checkpoint) {
                                saved.add(checkpoint.iteration());
                            }
                        }));
        Matcher told = Pattern.compile(
                        "The training loss is (NaN|Infinity) at iteration (\\d+), so the run ended; nothing"
                                + " of that iteration was applied or written\\. Its batch is rows (\\d+), (\\d+), (\\d+) of"
                                + " \\S+train\\.jsonl\\. The last good checkpoint is of iteration (\\d+),"
                                + " (\\S+_adapters\\.safetensors); .*A lower learning_rate.*")
                .matcher(broken.getMessage());
        assertThat(told.matches()).as(broken.getMessage()).isTrue();
        int iteration = Integer.parseInt(told.group(2));
        assertThat(saved.getLast()).isEqualTo(iteration - 1);
        assertThat(Integer.parseInt(told.group(6))).isEqualTo(iteration - 2);
        assertThat(Path.of(told.group(7))).isRegularFile();
        assertThat(tiny.weights("nan").values())
                .allSatisfy(values -> assertThat(values).allMatch(Float::isFinite));

        int good = Integer.parseInt(told.group(6));
        assertThatThrownBy(() -> tiny.train(
                        "one",
                        Map.of(
                                "batch_size",
                                3,
                                "lr_schedule",
                                Map.of("name", "exponential_decay", "arguments", List.of(1e-3, 1e7)),
                                "iters",
                                20,
                                "save_every",
                                iteration - 1),
                        event -> {}))
                .hasMessageContaining("The only checkpoint, of iteration " + (good + 1))
                .hasMessageContaining("holds the very weights that led to this");
    }

    @Test
    void weightsThatAreNoNumbersAreNotWritten() {
        assertThatThrownBy(() -> tiny.train("huge", Map.of("learning_rate", 1e30, "save_every", 1), event -> {}))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("no longer finite numbers after iteration 1")
                .hasMessageContaining("There is no checkpoint yet.");
        assertThat(tiny.folder().resolve("huge/adapters.safetensors")).doesNotExist();
        assertThatThrownBy(() -> tiny.train("last", Map.of("learning_rate", 1e30, "iters", 1), event -> {}))
                .hasMessageContaining("no longer finite numbers after iteration 1");
    }
}
