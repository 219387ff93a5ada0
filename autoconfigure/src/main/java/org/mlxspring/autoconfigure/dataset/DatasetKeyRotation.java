package org.mlxspring.autoconfigure.dataset;

import java.util.Optional;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;

/** Gives a dataset a new rows key while no import is under way, and says so in the audit log. */
public class DatasetKeyRotation {

    private final RowIntake intake;
    private final Keyring keyring;
    private final AuditLog audit;

    DatasetKeyRotation(RowIntake intake, Keyring keyring, AuditLog audit) {
        this.intake = intake;
        this.keyring = keyring;
        this.audit = audit;
    }

    /**
     * Seals all rows of a dataset with a new key and removes the former one. Waits for an import that is under way, for
     * {@code mlx.datasets.import-wait} at most; whoever reads rows meanwhile is not kept waiting.
     *
     * @return how many stored rows, originals and refused rows were sealed again
     * @throws ProblemException if there is no such dataset, or an import takes too long; it names the import
     */
    public long rotate(String dataset, String user) {
        long resealed = intake.alone(dataset, user, keyring::rotateRows);
        audit.record(new AuditEntry(
                user,
                AuditAction.KEYS_ROTATED,
                dataset,
                Optional.empty(),
                Optional.empty(),
                resealed,
                "sealed with a new key"));
        return resealed;
    }
}
