package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.data.RowException;
import org.mlxspring.engine.ffi.NativeLibraryException;
import org.mlxspring.engine.train.TrainException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class TaskFailureTest {

    @Test
    void inputAndSettingsAreTheUsers() {
        assertThat(TaskFailure.of(new RowException(Path.of("train.jsonl"), 3, "is empty")))
                .isEqualTo(new TaskFailure("train.jsonl, line 3: is empty", true));
        assertThat(TaskFailure.of(new IllegalArgumentException("iters is 0.")))
                .isEqualTo(new TaskFailure("iters is 0.", true));
        assertThat(TaskFailure.of(new NoSuchFileException("a.yaml")))
                .isEqualTo(new TaskFailure("There is no file a.yaml.", true));
        assertThat(TaskFailure.of(
                        new UncheckedIOException("The folder x cannot be written to", new AccessDeniedException("x"))))
                .isEqualTo(
                        new TaskFailure("The folder x cannot be written to: This user may not read or write x.", true));
    }

    @Test
    void whatGoesWrongOnTheWayIsNot() {
        assertThat(TaskFailure.of(new TrainException("The training loss is NaN.")))
                .isEqualTo(new TaskFailure("The training loss is NaN.", false));
        assertThat(TaskFailure.of(new FileSystemException("x", null, "No space left on device")))
                .isEqualTo(new TaskFailure("x: No space left on device.", false));
        assertThat(TaskFailure.of(new IllegalStateException("odd")))
                .isEqualTo(new TaskFailure("The engine failed: java.lang.IllegalStateException: odd", false));
        assertThat(TaskFailure.of(new UncheckedIOException(new IOException("gone")))
                        .reason())
                .isEqualTo("The engine failed: java.io.IOException: gone");
    }

    @Test
    void anAbsentLibrarySaysSoHoweverItIsFound() {
        assertThat(TaskFailure.of(new ExceptionInInitializerError(new NativeLibraryException("No libmlxc."))))
                .isEqualTo(new TaskFailure("No libmlxc.", false));
    }

    @Test
    void whatJsonCouldNotBeReadIsNotQuoted() {
        try {
            JsonMapper.shared().readValue("{SECRET", Object.class);
        } catch (JacksonException e) {
            assertThat(TaskFailure.of(e).reason()).doesNotContain("SECRET");
        }
    }
}
