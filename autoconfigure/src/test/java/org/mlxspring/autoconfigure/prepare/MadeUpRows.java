package org.mlxspring.autoconfigure.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Intake;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.NewRow;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.engine.data.Split;

/** Short rows of a service desk, all different, put into a dataset without an upload. */
final class MadeUpRows {

    private static final int CHUNK = 2000;

    private MadeUpRows() {}

    /** About 40 tokens of an ordinary tokenizer. */
    static String json(int number) {
        return "{\"prompt\": \"Ticket " + number + ": the printer on floor " + number % 7
                + " says error " + number * 31L % 997 + " since this morning, what can I do?\","
                + " \"completion\": \"Please restart it and send us the code " + number % 89 + " if it stays.\"}";
    }

    /** Makes a version of so many rows. */
    static DatasetVersion put(RowIntake intake, String dataset, int count) {
        Intake open =
                intake.begin(dataset, intake.nextImport(), IntakeMode.REPLACE, Set.of(Split.VALID, Split.TEST), "tina");
        for (int from = 0; from < count; from += CHUNK) {
            List<NewRow> chunk = new ArrayList<>(CHUNK);
            for (int number = from; number < Math.min(count, from + CHUNK); number++) {
                chunk.add(new NewRow(
                        json(number),
                        RowKind.ANSWER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
            }
            intake.add(open, from, chunk);
        }
        DatasetVersion version = intake.finish(open.importId());
        intake.ready(version.id(), false);
        return version;
    }
}
