package org.mlxspring.autoconfigure.check;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.VersionState;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/** The reports of dataset versions, and the gate that they are. */
public class VersionReports {

    private static final Logger LOG = LoggerFactory.getLogger(VersionReports.class);
    private static final int LONGEST_REASON = 500;

    private final Datasets datasets;
    private final RowIntake intake;
    private final MlxDatabase database;
    private final AuditLog audit;
    private final ReportStore reports;

    VersionReports(Datasets datasets, RowIntake intake, MlxDatabase database, AuditLog audit) {
        this.datasets = datasets;
        this.intake = intake;
        this.database = database;
        this.audit = audit;
        reports = new ReportStore(database);
    }

    /**
     * What the checks say of a version.
     *
     * @throws ProblemException if there is no such dataset or version, or it has not been checked
     */
    public VersionReport report(String dataset, int version) {
        return report(datasets.resolve(dataset, Optional.of(version)));
    }

    /**
     * The findings that were kept, check by check.
     *
     * @param check findings of this check only; null for all
     * @param row findings that concern the row of this id only; null for all
     * @throws ProblemException if there is no such dataset or version
     */
    public Page<CheckFinding> findings(
            String dataset, int version, @Nullable CheckName check, @Nullable Long row, Pageable page) {
        return reports.findings(datasets.resolve(dataset, Optional.of(version)).id(), check, row, page);
    }

    /**
     * Tells all findings that were kept, check by check; they are not all held in memory.
     *
     * @throws ProblemException if there is no such dataset or version
     */
    public void eachFinding(String dataset, int version, Consumer<CheckFinding> sink) {
        reports.each(datasets.resolve(dataset, Optional.of(version)).id(), sink);
    }

    /**
     * Lets runs use a version although a check blocks it. It stays so when the report is made again.
     *
     * @param reason why; 1 to 500 characters
     * @param user who says so; it is written to the audit log
     * @throws ProblemException if there is no such version, it is not blocked, or the reason is missing
     */
    public VersionReport release(String dataset, int version, @Nullable String reason, String user) {
        DatasetVersion blocked = datasets.resolve(dataset, Optional.of(version));
        VersionRelease release =
                new VersionRelease(Instant.now().truncatedTo(ChronoUnit.MICROS), user, requireReason(reason));
        VersionReport report = Objects.requireNonNull(database.transactions().execute(status -> {
            if (!reports.release(blocked.id(), release)) {
                throw ProblemException.conflict(
                        "Version is not blocked",
                        "Dataset '" + dataset + "' version " + version
                                + " is not blocked; there is nothing to release.",
                        Map.of());
            }
            intake.ready(blocked.id(), false);
            audit.record(new AuditEntry(
                    user,
                    AuditAction.VERSION_CHANGED,
                    dataset,
                    Optional.of(version),
                    Optional.empty(),
                    0,
                    "Released although blocked: " + release.reason()));
            return report(blocked);
        }));
        LOG.info("Dataset {} version {}, which was BLOCKED, was released by {}.", dataset, version, user);
        return report;
    }

    /**
     * The gate before a run.
     *
     * @throws ProblemException if the version is blocked, with the checks that block it and how much they found; or if it
     *     is not built yet
     */
    public void requireOpen(DatasetVersion version) {
        switch (version.state()) {
            case READY -> {}
            case BUILDING ->
                throw ProblemException.conflict(
                        "Version is not ready",
                        named(version) + " is being checked; start the run when it is READY.",
                        Map.of());
            case BLOCKED -> throw blocked(version);
        }
    }

    private ProblemException blocked(DatasetVersion version) {
        Map<String, Long> found = reports.find(version.id()).map(VersionReport::checks).orElse(List.of()).stream()
                .filter(CheckResult::blocks)
                .collect(Collectors.toMap(result -> result.check().name(), CheckResult::findings));
        String path = "/mlx/api/datasets/" + version.dataset() + "/versions/" + version.version() + "/report";
        return ProblemException.conflict(
                "Version is blocked",
                named(version) + " is BLOCKED: "
                        + found.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(Collectors.joining(", "))
                        + ". The report is at " + path
                        + "; correct the rows and import them again, or have an admin release the version.",
                Map.of("checks", found, "report", path));
    }

    private VersionReport report(DatasetVersion version) {
        return reports.find(version.id())
                .orElseThrow(() -> ProblemException.notFound(
                        "No report",
                        named(version)
                                + (version.state() == VersionState.BUILDING
                                        ? " is being checked; its report comes with the end of the import."
                                        : " was made before there were checks; import its rows again for a report."),
                        Map.of()));
    }

    private static String requireReason(@Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            throw ProblemException.invalid(
                    "Missing reason",
                    "A release needs a reason of 1 to " + LONGEST_REASON + " characters.",
                    Map.of("field", "reason"));
        }
        return reason.strip();
    }

    private static String named(DatasetVersion version) {
        return "Dataset '" + version.dataset() + "' version " + version.version();
    }
}
