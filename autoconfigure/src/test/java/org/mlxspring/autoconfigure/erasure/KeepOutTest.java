package org.mlxspring.autoconfigure.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditFilter;
import org.mlxspring.autoconfigure.audit.AuditTrail;
import org.mlxspring.autoconfigure.audit.AuditView;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.data.domain.PageRequest;

/** What erasures keep out of imports, lifted. */
@ParameterizedClass
@EnumSource
class KeepOutTest {

    @Parameter
    private OnDatabase database;

    @Test
    void aPersonMayComeBackOnlyWhenEveryErasureOfThePersonIsLifted() throws InterruptedException {
        Pool pool = new Pool(database.bean(RowIntake.class));
        KeepOut keepOut = database.bean(KeepOut.class);
        pool.bring("returning", IntakeMode.REPLACE, Pool.tickets("come back", 0, 40));
        ErasureView first = erase("customer-3");
        ErasureView second = erase("customer-3");
        assertThat(keptOut(pool)).isEqualTo(4);

        assertThatThrownBy(() -> keepOut.lift(new LiftRequest(null, null, "why"), "erik"))
                .hasMessageContaining("Name either an erasure, by its id, or a subject");
        assertThatThrownBy(() -> keepOut.lift(LiftRequest.ofErasure(first.id(), " "), "erik"))
                .hasMessageContaining("'reason'");
        assertThatThrownBy(() -> keepOut.lift(LiftRequest.ofSubject("customer-99", "why"), "erik"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No erasure was asked for by this subject");
        keepOut.lift(LiftRequest.ofErasure(first.id(), "signed up again"), "erik");
        assertThat(keptOut(pool))
                .as("the second one still keeps the subject out")
                .isEqualTo(4);
        assertThat(keepOut.lift(LiftRequest.ofSubject("customer-3", "signed up again"), "erik")
                        .erasures())
                .containsExactly(second.id());
        assertThatThrownBy(() -> keepOut.lift(LiftRequest.ofSubject("customer-3", "once more"), "erik"))
                .hasMessageContaining("keep nothing out: that was lifted before");

        assertThat(keptOut(pool)).isZero();
        assertThat(database.bean(Erasures.class).get(second.id()).liftedBy()).isEqualTo("erik");
        assertThat(database.bean(Erasures.class)
                        .list(ErasureState.DONE, ErasureCause.REQUEST, "returning", PageRequest.of(0, 500))
                        .map(ErasureView::id))
                .contains(first.id(), second.id());
        assertThat(database.bean(Erasures.class)
                        .list(ErasureState.DONE, ErasureCause.RETENTION, null, PageRequest.of(0, 500))
                        .map(ErasureView::id))
                .doesNotContain(first.id(), second.id());
        assertThat(database.bean(Erasures.class).list(null, null, "another", PageRequest.of(0, 500)))
                .isEmpty();
        assertThat(lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.detail()).endsWith("keeps out was lifted: signed up again"))
                .allSatisfy(line -> assertThat(line.actor()).isEqualTo("erik"));
    }

    private ErasureView erase(String subject) throws InterruptedException {
        Erasures erasures = database.bean(Erasures.class);
        ErasureView erasure = erasures.erase(new ErasureRequest("returning", null, subject, "Request 7"), "erik");
        Instant limit = Instant.now().plus(Duration.ofMinutes(1));
        while (erasures.get(erasure.id()).state() != ErasureState.DONE) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(100);
        }
        return erasure;
    }

    private static int keptOut(Pool pool) {
        return pool.bring("returning", IntakeMode.REPLACE, Pool.tickets("come back", 0, 40))
                .counts()
                .keptOut();
    }

    private List<AuditView> lines() {
        AuditFilter filter = new AuditFilter(null, AuditAction.KEEP_OUT_LIFTED, "returning", null, null, null);
        return database.bean(AuditTrail.class)
                .find(filter, PageRequest.of(0, 10))
                .getContent();
    }
}
