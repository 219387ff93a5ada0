package org.mlxspring.autoconfigure.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.check.VersionReports;
import org.mlxspring.autoconfigure.database.Filter;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.train.MemoryCheck;
import org.mlxspring.engine.train.TrainMode;
import org.mlxspring.engine.train.TrainSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.transaction.support.TransactionOperations;

/** The runs of this application: starting, watching, stopping and restarting them. */
public class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final Pattern SETTING = Pattern.compile("^(?:Unknown setting ')?([A-Za-z0-9_.]+)");

    private final Models models;
    private final Datasets datasets;
    private final VersionReports reports;
    private final TransactionOperations transactions;
    private final RunRepository runs;
    private final RunMetrics metrics;
    private final RunQueue queue;

    Runs(Models models, Datasets datasets, VersionReports reports, MlxDatabase database, RunQueue queue) {
        this.models = models;
        this.datasets = datasets;
        this.reports = reports;
        this.queue = queue;
        transactions = database.transactions();
        runs = database.repository(RunRepository.class);
        metrics = new RunMetrics(database.repository(RunMetricRepository.class));
    }

    /**
     * Stores a run and queues it; the next free instance on this database takes it up.
     *
     * @param startedBy who asks for it
     * @throws ProblemException if the model or dataset is unknown, the model cannot be used, the checks block the version,
     *     there is too little memory, or a setting is wrong or does not suit the rows; nothing is stored then
     */
    public RunView start(RunRequest request, String startedBy) {
        return start(request, startedBy, Optional.empty());
    }

    /** As {@link #start(RunRequest, String)}, for a schedule. */
    public RunView start(RunRequest request, String startedBy, Optional<String> schedule) {
        RunJob job = request.job() == null ? RunJob.PIPELINE : RunJob.of(request.job());
        String model = required("model", request.model());
        Path modelPath = models.path(model);
        models.problem(model).ifPresent(reason -> {
            throw unusable(model, reason);
        });
        DatasetVersion version =
                datasets.resolve(required("dataset", request.dataset()), Optional.ofNullable(request.datasetVersion()));
        reports.requireOpen(version);
        TrainSettings settings = settings(request.settings() == null ? Map.of() : request.settings());
        if (job.trains()) {
            requireRowsFor(settings.trainMode(), version);
            MemoryCheck.problem(modelPath, settings).ifPresent(reason -> {
                throw ProblemException.invalid(
                        "Too little memory", reason, Map.of("property", "mlx.engine.memory-limit"));
            });
        }
        Instant now = RunEntity.now();
        RunEntity run = new RunEntity(RunIds.next(now), job, model, modelPath, version, settings, now);
        run.startedBy(startedBy, schedule);
        RunView view = Objects.requireNonNull(transactions.execute(status -> {
            earlier(job, model, version).ifPresent(run::continues);
            runs.saveAndFlush(run);
            queue.submit(run.id(), run.attempt());
            return run.view();
        }));
        LOG.info(
                "Run {} is QUEUED: {} of model {} on dataset {} version {}, by {}.",
                run.id(),
                job.label(),
                model,
                version.dataset(),
                version.version(),
                startedBy);
        return view;
    }

    /** @throws ProblemException if there is no such run */
    public RunView get(String id) {
        return runs.findById(id).orElseThrow(() -> unknown(id)).view();
    }

    /** Runs in this state, of this model, on this dataset; null means any. */
    public Page<RunView> list(
            @Nullable RunState state, @Nullable String model, @Nullable String dataset, Pageable page) {
        Specification<RunEntity> wanted = Specification.allOf(
                Filter.equal("state", state), Filter.equal("model", model), Filter.equal("dataset", dataset));
        return runs.findAll(wanted, page).map(RunEntity::view);
    }

    /** The runs on these dataset versions, the newest first. */
    public List<RunOnVersion> on(Collection<Long> datasetVersionIds) {
        return datasetVersionIds.isEmpty()
                ? List.of()
                : runs.findByDatasetVersionIdInOrderByCreatedAtDesc(datasetVersionIds).stream()
                        .map(RunEntity::onVersion)
                        .toList();
    }

    /** The newest run that a schedule asked for. */
    public Optional<RunView> lastOf(String schedule) {
        return runs.findFirstByScheduleOrderByCreatedAtDesc(schedule).map(RunEntity::view);
    }

    /**
     * Reports of a run in the order they came.
     *
     * @param after only reports with a larger id; 0 for all
     * @throws ProblemException if there is no such run
     */
    public Page<MetricView> metrics(String id, long after, Pageable page) {
        get(id);
        return metrics.after(id, after, page);
    }

    /**
     * Asks a run to stop at its next safe point; one that nobody has taken up yet stops at once.
     *
     * @throws ProblemException if there is no such run, or it is over
     */
    public RunView stop(String id) {
        return change(id, run -> {
            if (run.state().over()) {
                throw ProblemException.conflict(
                        "Run is over", "Run " + id + " is " + run.state() + "; there is nothing to stop.", Map.of());
            }
            run.requestStop();
            if (run.state() == RunState.QUEUED) {
                run.end(RunState.STOPPED, "Stopped before it began.");
            }
            LOG.info("Run {} was asked to stop.", id);
        });
    }

    /**
     * Queues a run that failed or was stopped again; it goes on from its last checkpoint.
     *
     * @throws ProblemException if there is no such run, or it is in another state
     */
    public RunView restart(String id) {
        return change(id, run -> {
            if (!run.state().restartable()) {
                throw ProblemException.conflict(
                        "Run cannot be restarted",
                        "Run " + id + " is " + run.state() + "; only a run that is FAILED or STOPPED can be restarted.",
                        Map.of());
            }
            run.restart();
            queue.submit(id, run.attempt());
            LOG.info("Run {} is QUEUED again.", id);
        });
    }

    private RunView change(String id, Consumer<RunEntity> change) {
        return Objects.requireNonNull(transactions.execute(status -> {
            RunEntity run = runs.lock(id).orElseThrow(() -> unknown(id));
            change.accept(run);
            return run.view();
        }));
    }

    /** The run whose adapter an evaluation or fusion continues with. */
    private Optional<RunEntity> earlier(RunJob job, String model, DatasetVersion version) {
        return switch (job) {
            case PIPELINE, PREPARE, TRAIN -> Optional.empty();
            case EVALUATE ->
                Optional.of(runs.findFirstByModelAndDatasetAndDatasetVersionIdAndTrainedTrueOrderByCreatedAtDesc(
                                model, version.dataset(), version.id())
                        .orElseThrow(() -> nothingToContinue(
                                model, version, "has trained an adapter; start one with job 'train' first")));
            case FUSE ->
                Optional.of(runs.findFirstByModelAndDatasetAndDatasetVersionIdAndDecisionOrderByCreatedAtDesc(
                                model, version.dataset(), version.id(), Decision.PROMOTED)
                        .orElseThrow(() -> nothingToContinue(
                                model, version, "was promoted; start one with job 'evaluate' first")));
        };
    }

    private static ProblemException nothingToContinue(String model, DatasetVersion version, String what) {
        return ProblemException.invalid(
                "Nothing to continue with",
                "No run of model '" + model + "' on dataset '" + version.dataset() + "' version " + version.version()
                        + " " + what + ".",
                Map.of("field", "job"));
    }

    private static TrainSettings settings(Map<String, Object> given) {
        try {
            return TrainSettings.fromMap(given);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            Matcher setting = SETTING.matcher(message);
            throw ProblemException.invalid(
                    "Wrong setting", message, setting.find() ? Map.of("setting", setting.group(1)) : Map.of());
        }
    }

    /** The engine refuses such rows too, but only when the run has come to them. */
    private static void requireRowsFor(TrainMode mode, DatasetVersion version) {
        RowKind needed = mode == TrainMode.SFT ? RowKind.ANSWER : RowKind.PREFERENCE;
        version.kind().filter(kind -> kind != needed).ifPresent(kind -> {
            throw ProblemException.invalid(
                    "Wrong setting",
                    "train_mode is " + mode.settingName() + ", but the rows of dataset '" + version.dataset()
                            + "' version " + version.version()
                            + (kind == RowKind.PREFERENCE
                                    ? " are preferences; use train_mode dpo or orpo, or a dataset with one answer per"
                                            + " row."
                                    : " have one answer each; use train_mode sft, or a dataset of preferences, such as"
                                            + " prompt, chosen and rejected."),
                    Map.of("setting", "train_mode"));
        });
    }

    private static ProblemException unusable(String model, String reason) {
        return ProblemException.invalid("Unusable model", reason, Map.of("property", "mlx.models." + model + ".path"));
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid(
                    "Missing field", "The request has no " + field + ".", Map.of("field", field));
        }
        return value;
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("Unknown run", "There is no run '" + id + "'.", Map.of());
    }
}
