package org.mlxspring.autoconfigure.erasure;

import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.Filter;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasedHashes;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.transaction.support.TransactionOperations;

/** The erasures of this application: asking for them, and reading how far they are and what they did. */
public class Erasures {

    /** Most rows that one request names by id. */
    public static final int MOST_ROWS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    private final TransactionOperations transactions;
    private final ErasureRepository erasures;
    private final ErasureRows records;
    private final RowErasure rows;
    private final ErasedHashes hashes;
    private final AuditLog audit;
    private final ErasureQueue queue;
    private final ErasureProperties properties;

    Erasures(
            MlxDatabase database,
            RowErasure rows,
            ErasedHashes hashes,
            AuditLog audit,
            ErasureQueue queue,
            ErasureProperties properties) {
        this.rows = rows;
        this.hashes = hashes;
        this.audit = audit;
        this.queue = queue;
        this.properties = properties;
        transactions = database.transactions();
        erasures = database.repository(ErasureRepository.class);
        records = new ErasureRows(database);
    }

    /**
     * Asks for rows to be erased; an instance on this database does it soon. From now on imports keep out what belongs
     * to the subject.
     *
     * @param requestedBy who asks for it
     * @throws ProblemException if the request names neither rows nor a subject, or both; if it gives no reason; or if the
     *     dataset or one of the rows does not exist. Nothing is erased then
     */
    public ErasureView erase(ErasureRequest request, String requestedBy) {
        String reason = required("reason", request.reason());
        if ((request.rows() == null) == (request.subject() == null)) {
            throw ProblemException.invalid(
                    "Unclear erasure",
                    "Name what is to be erased: either rows, with the dataset that they are in, or a subject.",
                    Map.of("field", request.rows() == null ? "rows" : "subject"));
        }
        List<Long> ids = request.rows();
        return ids != null
                ? ofRows(required("dataset", request.dataset()), ids, reason, requestedBy)
                : ofSubject(request.dataset(), required("subject", request.subject()), reason, requestedBy);
    }

    /**
     * Asks for rows of a dataset to be erased because their time is over. Newer contents of the same records stay.
     *
     * @param ids ids of rows, at most {@link #MOST_ROWS}; those that are there no more are passed over
     */
    public ErasureView expire(String dataset, List<Long> ids, String reason, String requestedBy) {
        return open(ErasureCause.RETENTION, reason, requestedBy, erasure -> {
            ErasureRows.Target target = new ErasureRows.Target(rows.dataset(dataset), dataset, Optional.empty());
            records.addTarget(erasure, target);
            records.addRows(erasure, target.datasetId(), rows.exactly(target.datasetId(), ids));
        });
    }

    /** @throws ProblemException if there is no such erasure */
    public ErasureView get(long id) {
        return view(known(erasures, id));
    }

    /**
     * Erasures, page by page.
     *
     * @param state only those that are so far; null for all
     * @param cause only those with this cause; null for all
     * @param dataset only those of this dataset; null for all. By subject, an erasure is also of datasets that have no row
     *     of the subject
     */
    public Page<ErasureView> list(
            @Nullable ErasureState state, @Nullable ErasureCause cause, @Nullable String dataset, Pageable page) {
        Page<ErasureEntity> found = erasures.findAll(
                Specification.allOf(Filter.equal("state", state), Filter.equal("cause", cause), ofDataset(dataset)),
                page);
        Map<Long, List<ErasureView.ErasureShare>> shares =
                records.shares(found.map(ErasureEntity::id).getContent());
        return found.map(erasure -> erasure.view(shares.getOrDefault(erasure.id(), List.of())));
    }

    private static Specification<ErasureEntity> ofDataset(@Nullable String name) {
        return name == null
                ? Specification.unrestricted()
                : (erasure, query, criteria) -> {
                    Subquery<Long> ids = query.subquery(Long.class);
                    Root<ErasureDataset> dataset = ids.from(ErasureDataset.class);
                    ids.select(dataset.get("erasureId")).where(criteria.equal(dataset.get("dataset"), name));
                    return erasure.get("id").in(ids);
                };
    }

    private ErasureView ofRows(String dataset, List<Long> ids, String reason, String requestedBy) {
        if (ids.isEmpty() || ids.size() > MOST_ROWS || ids.stream().anyMatch(Objects::isNull)) {
            throw ProblemException.invalid(
                    "Unusable rows",
                    "rows has " + ids.size() + " ids; it must have from 1 to " + MOST_ROWS + ", each a number.",
                    Map.of("field", "rows"));
        }
        return open(ErasureCause.REQUEST, reason, requestedBy, erasure -> {
            ErasureRows.Target target = new ErasureRows.Target(rows.dataset(dataset), dataset, Optional.empty());
            List<Long> unknown = rows.unknown(target.datasetId(), ids);
            if (!unknown.isEmpty()) {
                throw ProblemException.notFound(
                        "Unknown rows",
                        "Dataset '" + dataset + "' does not have " + unknown.size() + " of the rows, such as row "
                                + unknown.getFirst() + ". Nothing was erased.",
                        Map.of("rows", unknown.stream().limit(20).toList()));
            }
            records.addTarget(erasure, target);
            records.addRows(erasure, target.datasetId(), rows.same(target.datasetId(), ids));
        });
    }

    private ErasureView ofSubject(@Nullable String dataset, String subject, String reason, String requestedBy) {
        return open(ErasureCause.REQUEST, reason, requestedBy, erasure -> {
            Map<String, Long> datasets = dataset == null ? rows.datasets() : Map.of(dataset, rows.dataset(dataset));
            datasets.forEach((name, id) -> {
                byte[] hash = rows.subject(id, subject);
                records.addTarget(erasure, new ErasureRows.Target(id, name, Optional.of(hash)));
                records.addRows(erasure, id, rows.ofSubject(id, hash));
                if (properties.keepOut()) {
                    hashes.addSubject(id, hash, erasure);
                }
            });
        });
    }

    private ErasureView open(ErasureCause cause, String reason, String requestedBy, Targets targets) {
        ErasureView view = Objects.requireNonNull(transactions.execute(status -> {
            ErasureEntity erasure = erasures.saveAndFlush(new ErasureEntity(cause, reason, requestedBy, properties));
            targets.add(erasure.id());
            for (ErasureView.ErasureShare share : records.shares(erasure.id())) {
                audit.record(new AuditEntry(
                        requestedBy,
                        AuditAction.ROWS_ERASED,
                        share.dataset(),
                        Optional.empty(),
                        Optional.empty(),
                        share.rows(),
                        "Erasure " + erasure.id() + " was asked for: " + reason));
            }
            queue.submit(erasure.id());
            return view(erasure);
        }));
        LOG.info(
                "Erasure {} is QUEUED, by {}: {}.",
                view.id(),
                requestedBy,
                view.datasets().stream()
                        .map(share -> share.rows() + " rows of dataset " + share.dataset())
                        .collect(Collectors.joining(", ")));
        return view;
    }

    private ErasureView view(ErasureEntity erasure) {
        return erasure.view(records.shares(erasure.id()));
    }

    /** @throws ProblemException if there is no such erasure */
    static ErasureEntity known(ErasureRepository erasures, long id) {
        return erasures.findById(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "Unknown erasure", "There is no erasure " + id + ".", Map.of("erasure", id)));
    }

    /** @throws ProblemException unless a field of a request has from 1 to 1,000 characters */
    static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > 1000) {
            throw ProblemException.invalid(
                    "Missing field",
                    "The field '" + field + "' must have from 1 to 1,000 characters.",
                    Map.of("field", field));
        }
        return value.strip();
    }

    private interface Targets {
        void add(long erasure);
    }
}
