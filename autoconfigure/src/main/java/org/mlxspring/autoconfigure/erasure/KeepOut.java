package org.mlxspring.autoconfigure.erasure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasedHashes;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lifts what erasures keep out of imports: a person came back, or an erasure hit the wrong key. It brings nothing back;
 * the next import may bring the rows again, if their source still has them.
 */
public class KeepOut {

    private static final Logger LOG = LoggerFactory.getLogger(KeepOut.class);

    private final TransactionOperations transactions;
    private final ErasureRepository erasures;
    private final ErasureRows records;
    private final RowErasure rows;
    private final ErasedHashes hashes;
    private final AuditLog audit;

    KeepOut(MlxDatabase database, RowErasure rows, ErasedHashes hashes, AuditLog audit) {
        this.rows = rows;
        this.hashes = hashes;
        this.audit = audit;
        transactions = database.transactions();
        erasures = database.repository(ErasureRepository.class);
        records = new ErasureRows(database);
    }

    /**
     * Lifts what one erasure, or those of a subject, keep out. What another erasure keeps out as well stays out.
     *
     * @param user who says so; it is written to the audit log
     * @throws ProblemException if the request names neither an erasure nor a subject, or both; if it gives no reason; if
     *     there is no such erasure; or if one of them is still at work or keeps nothing out. Nothing is lifted then
     */
    public LiftView lift(LiftRequest request, String user) {
        String reason = Erasures.required("reason", request.reason());
        if ((request.erasure() == null) == (request.subject() == null)) {
            throw ProblemException.invalid(
                    "Unclear request",
                    "Name either an erasure, by its id, or a subject.",
                    Map.of("field", request.erasure() == null ? "erasure" : "subject"));
        }
        LiftView lifted = Objects.requireNonNull(transactions.execute(status -> lift(wanted(request), reason, user)));
        LOG.info("What erasures {} keep out was lifted by {}.", lifted.erasures(), user);
        return lifted;
    }

    private LiftView lift(List<ErasureEntity> wanted, String reason, String user) {
        List<ErasureEntity> lifted = new ArrayList<>();
        long forgotten = 0;
        for (ErasureEntity erasure : wanted) {
            if (!erasure.state().over()) {
                throw ProblemException.conflict(
                        "Erasure is at work",
                        "Erasure " + erasure.id() + " is " + erasure.state()
                                + "; what it keeps out can be lifted when it is DONE.",
                        Map.of("erasure", erasure.id()));
            }
            int count = hashes.forget(erasure.id());
            if (count > 0) {
                lifted.add(erasure);
                forgotten += count;
            }
        }
        if (lifted.isEmpty()) {
            List<Long> ids = wanted.stream().map(ErasureEntity::id).toList();
            throw ProblemException.conflict(
                    "Nothing is kept out",
                    "Erasures " + ids
                            + " keep nothing out: that was lifted before, or mlx.datasets.erasure.keep-out was"
                            + " false.",
                    Map.of("erasures", ids));
        }
        lifted.forEach(erasure -> note(erasure, reason, user));
        return new LiftView(lifted.stream().map(ErasureEntity::id).toList(), forgotten);
    }

    private void note(ErasureEntity erasure, String reason, String user) {
        erasure.lift(user);
        for (ErasureView.ErasureShare share : records.shares(erasure.id())) {
            audit.record(new AuditEntry(
                    user,
                    AuditAction.KEEP_OUT_LIFTED,
                    share.dataset(),
                    Optional.empty(),
                    Optional.empty(),
                    share.erased(),
                    "What erasure " + erasure.id() + " keeps out was lifted: " + reason));
        }
    }

    private List<ErasureEntity> wanted(LiftRequest request) {
        @Nullable Long id = request.erasure();
        if (id != null) {
            return List.of(Erasures.known(erasures, id));
        }
        String subject = Erasures.required("subject", request.subject());
        List<Long> ids = new ArrayList<>();
        rows.datasets()
                .values()
                .forEach(dataset -> ids.addAll(records.ofSubject(dataset, rows.subject(dataset, subject))));
        if (ids.isEmpty()) {
            throw ProblemException.notFound(
                    "Unknown subject", "No erasure was asked for by this subject.", Map.of("field", "subject"));
        }
        return ids.stream()
                .distinct()
                .sorted()
                .map(each -> Erasures.known(erasures, each))
                .toList();
    }
}
