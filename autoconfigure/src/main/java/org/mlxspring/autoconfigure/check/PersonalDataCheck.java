package org.mlxspring.autoconfigure.check;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mlxspring.autoconfigure.redaction.Redaction;

/**
 * Finds what redaction would have taken out of the stored rows: one finding for each type in a row. Where rows are redacted
 * as they come in, that is nothing.
 */
final class PersonalDataCheck implements RowCheck {

    private static final Set<String> SECRETS =
            Set.of("API_KEY", "PRIVATE_KEY", "JWT", "BEARER_TOKEN", "PASSWORD", "SECRET");

    private final Redaction redaction;

    PersonalDataCheck(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public void check(CheckedRow row, Consumer<CheckFinding> found) {
        Set<String> types = new TreeSet<>();
        redaction.find(row.object(), finding -> types.add(finding.type()));
        types.forEach(type -> found.accept(
                CheckFinding.of(SECRETS.contains(type) ? CheckName.SECRET : CheckName.PERSONAL_DATA, row.id(), type)));
    }
}
