package org.mlxspring.autoconfigure.erasure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.lineage.Lineage;
import org.mlxspring.autoconfigure.lineage.ModelVersionUse;
import org.mlxspring.autoconfigure.lineage.TrainedAdapter;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunRequest;
import org.mlxspring.autoconfigure.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the adapters that learned from erased rows: they are listed, withdrawn and trained again. */
final class FollowUp {

    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);

    private final ErasureRows records;
    private final Runs runs;
    private final Lineage lineage;
    private final Models models;
    private final AuditLog audit;

    FollowUp(ErasureRows records, Runs runs, Lineage lineage, Models models, AuditLog audit) {
        this.records = records;
        this.runs = runs;
        this.lineage = lineage;
        this.models = models;
        this.audit = audit;
    }

    /** The adapters that learned from one of the rows, the newest first. */
    List<TrainedAdapter> adapters(long erasure) {
        Set<Long> learnedFrom = records.targets(erasure).stream()
                .flatMap(target -> records.held(erasure, target.datasetId()).stream())
                .filter(held -> held.learned() > 0)
                .map(ErasureRows.Held::versionId)
                .collect(Collectors.toSet());
        return lineage.adaptersOf(learnedFrom);
    }

    /** Takes the fused models of these adapters out of serving. */
    void withdraw(List<TrainedAdapter> adapters, String reason, String actor) {
        adapters.stream()
                .flatMap(adapter -> adapter.fused().stream())
                .collect(Collectors.groupingBy(
                        ModelVersionUse::model, Collectors.mapping(ModelVersionUse::version, Collectors.toSet())))
                .forEach((model, versions) -> models.withdraw(model, versions, reason)
                        .forEach(version -> audit.record(new AuditEntry(
                                actor,
                                AuditAction.MODEL_WITHDRAWN,
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                "Version " + version.version() + " of model " + model + ": " + reason + "."))));
    }

    /**
     * Trains again, once for each model and dataset: with the settings of the adapter that served when the erasure began,
     * else of the newest. Part of the caller's transaction.
     *
     * @return the new run by the one that trained before
     */
    Map<String, String> retrain(List<TrainedAdapter> adapters, String startedBy) {
        List<TrainedAdapter> servingFirst = new ArrayList<>(adapters);
        servingFirst.sort((one, other) -> Boolean.compare(other.serves(), one.serves()));
        Set<String> seen = new HashSet<>();
        return servingFirst.stream()
                .filter(adapter -> seen.add(adapter.model() + "\n" + adapter.dataset()))
                .flatMap(adapter -> start(adapter, startedBy).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What the report says of these adapters. */
    static List<ErasureReport.AffectedAdapter> report(List<TrainedAdapter> adapters, Map<String, String> retrained) {
        List<ErasureReport.AffectedAdapter> all = new ArrayList<>();
        for (TrainedAdapter adapter : adapters) {
            String again = retrained.get(adapter.run());
            if (adapter.fused().isEmpty()) {
                all.add(line(adapter, null, again));
            }
            adapter.fused().forEach(fused -> all.add(line(adapter, fused, again)));
        }
        return all;
    }

    private static ErasureReport.AffectedAdapter line(
            TrainedAdapter adapter, @Nullable ModelVersionUse fused, @Nullable String again) {
        return new ErasureReport.AffectedAdapter(
                adapter.run(),
                adapter.path().toString(),
                adapter.model(),
                fused == null ? null : fused.version(),
                fused == null ? null : fused.path(),
                fused != null && fused.withdrawnAt() != null,
                again);
    }

    private Map<String, String> start(TrainedAdapter adapter, String startedBy) {
        try {
            RunRequest request = RunRequest.pipeline(adapter.model(), adapter.dataset(), adapter.settings());
            return Map.of(adapter.run(), runs.start(request, startedBy).id());
        } catch (ProblemException e) {
            LOG.warn("The adapter of run {} is not trained again: {}", adapter.run(), e.getMessage());
            return Map.of();
        }
    }
}
