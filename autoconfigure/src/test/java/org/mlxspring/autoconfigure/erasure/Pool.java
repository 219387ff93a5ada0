package org.mlxspring.autoconfigure.erasure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Intake;
import org.mlxspring.autoconfigure.dataset.IntakeCounts;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.NewRow;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.engine.data.Split;

/** Rows of customers' tickets, brought into the datasets of a host. */
public final class Pool {

    private final RowIntake intake;

    public Pool(Host host) {
        this(host.context().getBean(RowIntake.class));
    }

    public Pool(RowIntake intake) {
        this.intake = intake;
    }

    /** Rows {@code from} to {@code to - 1}; every tenth belongs to the same customer. */
    public static List<NewRow> tickets(String text, int from, int to) {
        List<NewRow> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(ticket(text, i));
        }
        return rows;
    }

    public static NewRow ticket(String text, int i) {
        return new NewRow(
                "{\"prompt\":\"%s %d\",\"completion\":\"answer to %s %d\"}".formatted(text, i, text, i),
                RowKind.ANSWER,
                Optional.empty(),
                Optional.of("T-" + i),
                Optional.of("customer-" + i % 10),
                Optional.of("{\"prompt\":\"original of %s %d\",\"completion\":\"x\"}".formatted(text, i)));
    }

    /** What an import brought, and the version it made. */
    public record Brought(DatasetVersion version, IntakeCounts counts) {}

    public Brought bring(String dataset, IntakeMode mode, List<NewRow> rows) {
        Intake import_ = intake.begin(dataset, intake.nextImport(), mode, Set.of(Split.VALID, Split.TEST), "tina");
        IntakeCounts counts = intake.add(import_, 0, rows);
        DatasetVersion version = intake.finish(import_.importId());
        intake.ready(version.id(), false);
        return new Brought(version, counts);
    }
}
