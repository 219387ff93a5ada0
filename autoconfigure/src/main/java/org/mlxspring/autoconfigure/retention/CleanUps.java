package org.mlxspring.autoconfigure.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.transaction.support.TransactionOperations;

/** The clean-ups of this application: starting one, and reading what each removed. */
public class CleanUps {

    private static final Logger LOG = LoggerFactory.getLogger(CleanUps.class);

    private final TransactionOperations transactions;
    private final CleanUpRepository cleanUps;
    private final CleanUpQueue queue;
    private final List<CleanUpPart> parts;
    private final AuditLog audit;

    CleanUps(MlxDatabase database, CleanUpQueue queue, List<CleanUpPart> parts, AuditLog audit) {
        this.queue = queue;
        this.parts = List.copyOf(parts);
        this.audit = audit;
        transactions = database.transactions();
        cleanUps = database.repository(CleanUpRepository.class);
    }

    /**
     * Asks for a clean-up; an instance on this database does it soon.
     *
     * @param startedBy who asks for it
     * @param dry whether it is only to say what it would remove
     */
    public CleanUpView start(String startedBy, boolean dry) {
        return Objects.requireNonNull(transactions.execute(status -> {
            CleanUpEntity cleanUp = cleanUps.saveAndFlush(new CleanUpEntity(startedBy, dry));
            queue.submit(cleanUp.id());
            return cleanUp.view();
        }));
    }

    /** @throws ProblemException if there is no such clean-up */
    public CleanUpView get(long id) {
        return cleanUps.findById(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "Unknown clean-up", "There is no clean-up " + id + ".", Map.of("cleanUp", id)))
                .view();
    }

    /** All clean-ups. */
    public Page<CleanUpView> list(Pageable page) {
        return cleanUps.findAll(page).map(CleanUpEntity::view);
    }

    /** Does a clean-up on this thread. A part that fails does not keep the others from their work. */
    void work(long id) {
        CleanUpEntity cleanUp = cleanUps.findById(id).orElseThrow();
        if (cleanUp.over()) {
            return;
        }
        Instant now = Instant.now();
        List<Removed> removed = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (CleanUpPart part : parts) {
            try {
                removed.addAll(part.clean(id, now, cleanUp.dry()));
            } catch (RuntimeException e) {
                LOG.error("A part of clean-up {} failed; the others go on.", id, e);
                problems.add(part.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
        removed.removeIf(line -> line.count() == 0);
        String said = said(removed);
        transactions.executeWithoutResult(status -> {
            CleanUpEntity done = cleanUps.findById(id).orElseThrow();
            done.end(removed, problems.isEmpty() ? null : String.join(" ", problems));
            if (!done.dry() && !removed.isEmpty()) {
                audit.record(new AuditEntry(
                        done.view().startedBy(),
                        AuditAction.CLEANED_UP,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "Clean-up " + id + " removed " + said + "."));
            }
        });
        LOG.info("Clean-up {} {} {}.", id, cleanUp.dry() ? "would remove" : "removed", said);
    }

    private static String said(List<Removed> removed) {
        return removed.isEmpty()
                ? "nothing"
                : removed.stream()
                        .map(line -> line.count() + " " + line.what()
                                + (line.bytes() == 0 ? "" : " (" + line.bytes() / 1_000_000 + " MB)"))
                        .collect(Collectors.joining(", "));
    }
}
