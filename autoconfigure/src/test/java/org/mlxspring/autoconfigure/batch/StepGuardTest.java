package org.mlxspring.autoconfigure.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A step that fails with words nobody expected, and what Spring Batch then writes. */
@ExtendWith(OutputCaptureExtension.class)
class StepGuardTest {

    private static final String CANARY = "text of a row, 2718281828";
    private static final StepGuard GUARD = new StepGuard(Set.of(IllegalArgumentException.class));

    @Test
    void itsKindAndPlaceAreToldAndNoneOfItsWords(CapturedOutput output) throws Exception {
        JobExecution ended = execute(1, chunk -> {
            throw new IllegalStateException(CANARY, new SQLException(CANARY, "22001"));
        });
        assertThat(ended.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(output.getAll())
                .contains("IllegalStateException at StepGuardTest.java:", "caused by SQLException (SQLState 22001)")
                .doesNotContain(CANARY);
        for (String table : List.of("mlx_batch_job_execution", "mlx_batch_step_execution")) {
            List<Map<String, Object>> rows = OnDatabase.H2
                    .bean(MlxDatabase.class)
                    .jdbc()
                    .sql("select * from " + table)
                    .query()
                    .listOfRows();
            assertThat(rows.toString()).contains("FatalStepExecutionException").doesNotContain(CANARY);
        }
    }

    @Test
    void whatIsThrownOnPurposeKeepsItsWords(CapturedOutput output) throws Exception {
        execute(2, chunk -> {
            throw new IllegalArgumentException("row 17 is no object");
        });
        assertThat(output.getAll()).contains("row 17 is no object");
    }

    private static JobExecution execute(long number, ItemWriter<String> writer) throws Exception {
        BatchEngine batch = OnDatabase.H2.bean(BatchEngine.class);
        Step step = new StepBuilder("failing", batch.repository())
                .<String, String>chunk(1)
                .transactionManager(OnDatabase.H2.bean(MlxDatabase.class).transactionManager())
                .reader(GUARD.of(new ListItemReader<>(List.of("a"))))
                .writer(GUARD.of(writer))
                .build();
        return batch.execute(
                new JobBuilder("guarded", batch.repository()).start(step).build(),
                new JobParametersBuilder().addLong("number", number).toJobParameters());
    }
}
