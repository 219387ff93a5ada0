package org.mlxspring.autoconfigure.check;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.VersionGate;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.model.BaseModels;
import org.mlxspring.autoconfigure.redaction.Redaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the rows of a version, keeps the report and says whether runs may use it. At the end of every import, and again
 * whenever rows have left the version.
 */
public class VersionChecks implements VersionGate {

    private static final Logger LOG = LoggerFactory.getLogger(VersionChecks.class);
    private static final Set<CheckName> OF_MODEL =
            EnumSet.of(CheckName.CUT_AT_LIMIT, CheckName.ANSWER_CUT_AWAY, CheckName.REFUSED_BY_MODEL);

    private final CheckProperties properties;
    private final BaseModels models;
    private final Redaction redaction;
    private final Keyring keyring;
    private final StoredRows rows;
    private final RowIntake intake;
    private final MlxDatabase database;
    private final ReportStore reports;

    VersionChecks(
            CheckProperties properties,
            BaseModels models,
            Redaction redaction,
            Keyring keyring,
            DatasetRows rows,
            RowIntake intake,
            MlxDatabase database) {
        this.properties = properties;
        this.models = models;
        this.redaction = redaction;
        this.keyring = keyring;
        this.rows = new StoredRows(rows);
        this.intake = intake;
        this.database = database;
        reports = new ReportStore(database);
    }

    /**
     * Checks a version that an import made, and keeps the report. Takes a minute or so for a million short rows; not to be
     * called in a transaction.
     */
    @Override
    public boolean blocks(DatasetVersion version) {
        return !report(version.id()).open();
    }

    /**
     * Checks a version again, after rows have left it, keeps the report in the place of the last one, and makes the version
     * READY or BLOCKED. One that was released stays READY. Not to be called in a transaction.
     *
     * @return the report
     */
    public VersionReport check(long versionId) {
        VersionReport report = report(versionId);
        intake.ready(versionId, !report.open());
        return report;
    }

    private VersionReport report(long versionId) {
        CheckedVersion version = reports.version(versionId);
        long started = System.nanoTime();
        try (ModelMeasure measure = ModelMeasure.of(properties, models);
                VersionExamination examination =
                        new VersionExamination(properties, Path.of(System.getProperty("java.io.tmpdir")))) {
            RowExamination ofRows = examination(measure.measure(), keyring.of(version.datasetId()));
            CheckProgress progress = new CheckProgress(version);
            rows.examine(versionId, ofRows, examined -> {
                examination.add(examined);
                progress.add(examined.rows().size());
            });
            examination.compare();
            VersionReport report = keep(versionId, report(version, measure, examination), examination.findings());
            log(report, System.nanoTime() - started);
            return report;
        }
    }

    private RowExamination examination(RowMeasure measure, DatasetKeys keys) {
        List<RowCheck> checks = new ArrayList<>(List.of(new TurnCheck(), new RoleOrderCheck(), new PreferenceCheck()));
        if (wanted(CheckName.PERSONAL_DATA) || wanted(CheckName.SECRET)) {
            checks.add(new PersonalDataCheck(redaction));
        }
        boolean similar = wanted(CheckName.NEAR_DUPLICATE) || wanted(CheckName.NEAR_IN_TRAIN_AND_HELD_OUT);
        return new RowExamination(
                checks,
                measure,
                similar ? Optional.of(new MinHash(keys.derived("minhash"))) : Optional.empty(),
                new SipHash(keys.derived("same-row"), 0));
    }

    private VersionReport report(CheckedVersion version, ModelMeasure measure, VersionExamination examination) {
        Findings findings = examination.findings();
        List<CheckResult> results = Stream.of(CheckName.values())
                .map(check -> new CheckResult(
                        check,
                        properties.blocking().contains(check) ? Severity.BLOCKING : Severity.WARNING,
                        findings.count(check),
                        findings.kept(check),
                        notMade(check, measure).orElse(null)))
                .toList();
        return new VersionReport(
                version.dataset(),
                version.number(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                examination.rows(),
                results.stream().anyMatch(CheckResult::blocks),
                null,
                results,
                examination.lengths(measure.measure().unit()),
                examination.scripts().shares(),
                findings.dataTypes(),
                new CheckSettings(
                        measure.model().orElse(null), properties.maxSeqLength(), properties.nearDuplicateSimilarity()));
    }

    private Optional<String> notMade(CheckName check, ModelMeasure measure) {
        if (!wanted(check)) {
            return Optional.of("mlx.datasets.checks.off has it.");
        }
        return OF_MODEL.contains(check) ? measure.missing() : Optional.empty();
    }

    private boolean wanted(CheckName check) {
        return !properties.off().contains(check);
    }

    private VersionReport keep(long versionId, VersionReport report, Findings findings) {
        return Objects.requireNonNull(database.transactions().execute(status -> {
            reports.write(versionId, report, findings.all());
            return reports.find(versionId).orElseThrow();
        }));
    }

    private static void log(VersionReport report, long nanos) {
        LOG.info(
                "Dataset {} version {} was checked in {} ms: {} rows, {} findings{}.",
                report.dataset(),
                report.version(),
                nanos / 1_000_000,
                report.rows(),
                report.checks().stream().mapToLong(CheckResult::findings).sum(),
                report.open() ? "" : "; it is BLOCKED");
    }
}
