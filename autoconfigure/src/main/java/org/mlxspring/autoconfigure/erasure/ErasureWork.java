package org.mlxspring.autoconfigure.erasure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetKeyRotation;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.lineage.TrainedAdapter;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries an erasure from state to state. Every state can be begun again, so that one that was killed in the middle
 * goes on where it was; if the last look finds something, it begins from the first.
 */
final class ErasureWork {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureWork.class);
    private static final Duration UNTIL_RUNS_STOPPED = Duration.ofSeconds(1);
    private static final Duration UNTIL_ANOTHER_TRY = Duration.ofSeconds(10);

    private final TransactionOperations transactions;
    private final ErasureRepository erasures;
    private final ErasureRows records;
    private final RunPause pause;
    private final RowRemoval removal;
    private final FollowUp followUp;
    private final List<ErasableStore> stores;
    private final Verification verification;
    private final DatasetKeyRotation keys;
    private final AuditLog audit;
    private final ErasureProperties properties;

    ErasureWork(
            MlxDatabase database,
            ErasureRows records,
            RunPause pause,
            RowRemoval removal,
            FollowUp followUp,
            List<ErasableStore> stores,
            Verification verification,
            DatasetKeyRotation keys,
            AuditLog audit,
            ErasureProperties properties) {
        this.records = records;
        this.pause = pause;
        this.removal = removal;
        this.followUp = followUp;
        this.stores = List.copyOf(stores);
        this.verification = verification;
        this.keys = keys;
        this.audit = audit;
        this.properties = properties;
        transactions = database.transactions();
        erasures = database.repository(ErasureRepository.class);
    }

    /** Where the work on an erasure leaves off. */
    sealed interface Pause {

        /** It is done. */
        record Done() implements Pause {}

        /** It goes on after this time. */
        record Until(Duration time) implements Pause {}
    }

    /** Works on an erasure until it is done or has to wait. */
    Pause goOn(long id) {
        try {
            Optional<Duration> wait = Optional.empty();
            while (wait.isEmpty()) {
                ErasureState state = find(id).state();
                if (state.over()) {
                    return new Pause.Done();
                }
                wait = work(id, state);
            }
            return new Pause.Until(wait.get());
        } catch (ProblemException e) {
            change(id, erasure -> erasure.failed(String.valueOf(e.getMessage())));
            LOG.warn("Erasure {} waits, and is tried again: {}", id, e.getMessage());
            return new Pause.Until(UNTIL_ANOTHER_TRY);
        } catch (RuntimeException e) {
            change(id, erasure -> erasure.failed(e.getClass().getSimpleName() + ": " + e.getMessage()));
            LOG.error("Erasure {} could not go on; it is tried again.", id, e);
            return new Pause.Until(UNTIL_ANOTHER_TRY);
        }
    }

    private Optional<Duration> work(long id, ErasureState state) {
        return switch (state) {
            case QUEUED, DONE -> enter(id, ErasureState.STOPPING_RUNS);
            case STOPPING_RUNS -> stopRuns(id, ErasureState.ERASING_ROWS);
            case ERASING_ROWS -> eraseRows(id);
            case ERASING_COPIES -> eraseCopies(id);
            case FOLLOWING_UP -> followUp(id);
            case VERIFYING -> verify(id);
        };
    }

    private Optional<Duration> stopRuns(long id, ErasureState next) {
        return pause.stopped(id, versions(id, held -> true)) ? enter(id, next) : Optional.of(UNTIL_RUNS_STOPPED);
    }

    private Optional<Duration> eraseRows(long id) {
        ErasureEntity erasure = find(id);
        List<ErasureReport.ErasedVersion> versions = new ArrayList<>();
        for (ErasureRows.Target target : records.targets(id)) {
            removal.remove(erasure, target);
            versions.addAll(removal.rehash(id, target));
            if (properties.rotateKeys() && !records.rows(id, target.datasetId()).isEmpty()) {
                keys.rotate(target.dataset(), erasure.requestedBy());
            }
        }
        report(id, report -> report.withVersions(versions));
        return enter(id, ErasureState.ERASING_COPIES);
    }

    /** A run may have begun while the rows were still there: the runs are looked at once more before their files are. */
    private Optional<Duration> eraseCopies(long id) {
        if (!pause.stopped(id, versions(id, held -> true))) {
            return Optional.of(UNTIL_RUNS_STOPPED);
        }
        List<ErasureReport.ErasedPlace> places = new ArrayList<>();
        for (ErasableStore store : stores) {
            long removed = removedBefore(id, store.place());
            for (ErasureRows.Target target : records.targets(id)) {
                removed += store.erase(records.erasedRows(id, target));
            }
            places.add(new ErasureReport.ErasedPlace(store.place(), removed, null, null));
            report(id, report -> report.withPlaces(places));
        }
        List<ErasureReport.AffectedRun> runs = pause.beginAnew(id, versions(id, held -> held.learned() > 0));
        report(id, report -> report.withRuns(runs));
        return enter(id, ErasureState.FOLLOWING_UP);
    }

    private Optional<Duration> followUp(long id) {
        ErasureEntity erasure = find(id);
        List<TrainedAdapter> adapters = followUp.adapters(id);
        if (erasure.withdraw()) {
            followUp.withdraw(adapters, "Erasure " + id, erasure.requestedBy());
        }
        Map<String, String> before = retrainedBefore(erasure);
        change(id, entity -> {
            Map<String, String> retrained =
                    entity.retrain() && before.isEmpty() ? followUp.retrain(adapters, "erasure " + id) : before;
            entity.report(report -> report.withAdapters(FollowUp.report(followUp.adapters(id), retrained)));
        });
        return enter(id, ErasureState.VERIFYING);
    }

    private Optional<Duration> verify(long id) {
        List<ErasureReport.ErasedPlace> places =
                verification.look(id, find(id).report().places());
        report(id, report -> report.withPlaces(places));
        Optional<ErasureReport.ErasedPlace> left = places.stream()
                .filter(place -> place.left() != null && place.left() > 0)
                .findFirst();
        if (left.isPresent()) {
            change(id, erasure -> {
                erasure.enter(ErasureState.STOPPING_RUNS);
                erasure.failed("Something is left: " + left.get().left() + " in "
                        + left.get().place());
            });
            LOG.warn(
                    "Erasure {} left {} in {}; it begins again.",
                    id,
                    left.get().left(),
                    left.get().place());
            return Optional.of(UNTIL_ANOTHER_TRY);
        }
        return finish(id);
    }

    private Optional<Duration> finish(long id) {
        if (properties.restart()) {
            report(id, report -> report.withRuns(pause.restart(report.runs())));
        }
        change(id, erasure -> {
            erasure.enter(ErasureState.DONE);
            for (ErasureView.ErasureShare share : records.shares(id)) {
                audit.record(new AuditEntry(
                        erasure.requestedBy(),
                        AuditAction.ROWS_ERASED,
                        share.dataset(),
                        Optional.empty(),
                        Optional.empty(),
                        share.erased(),
                        "Erasure " + id + " is done."));
            }
        });
        LOG.info("Erasure {} is DONE.", id);
        return Optional.empty();
    }

    private List<Long> versions(long id, Predicate<ErasureRows.Held> which) {
        return records.targets(id).stream()
                .flatMap(target -> records.held(id, target.datasetId()).stream())
                .filter(which)
                .map(ErasureRows.Held::versionId)
                .toList();
    }

    private long removedBefore(long id, String place) {
        return find(id).report().places().stream()
                .filter(line -> line.place().equals(place))
                .mapToLong(ErasureReport.ErasedPlace::removed)
                .sum();
    }

    private static Map<String, String> retrainedBefore(ErasureEntity erasure) {
        Map<String, String> retrained = new HashMap<>();
        for (ErasureReport.AffectedAdapter adapter : erasure.report().adapters()) {
            @Nullable String again = adapter.retrainedBy();
            if (again != null) {
                retrained.put(adapter.run(), again);
            }
        }
        return retrained;
    }

    private Optional<Duration> enter(long id, ErasureState next) {
        change(id, erasure -> erasure.enter(next));
        LOG.info("Erasure {} is {}.", id, next);
        return Optional.empty();
    }

    private void report(long id, UnaryOperator<ErasureReport> change) {
        change(id, erasure -> erasure.report(change));
    }

    private void change(long id, Consumer<ErasureEntity> change) {
        transactions.executeWithoutResult(status -> change.accept(find(id)));
    }

    private ErasureEntity find(long id) {
        return erasures.findById(id)
                .orElseThrow(() -> new IllegalStateException("Erasure " + id + " is gone from the database."));
    }
}
