package org.mlxspring.autoconfigure.run;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.engine.train.Best;
import org.mlxspring.engine.train.TrainSettings;

/** A run and its state machine; changed only under a lock on its row. */
@Entity(name = "MlxRun")
@Table(name = "mlx_runs")
class RunEntity {

    @Id
    private String id = "";

    @Enumerated(EnumType.STRING)
    private RunJob job = RunJob.PIPELINE;

    private String model = "";
    private String modelPath = "";
    private String dataset = "";
    private int datasetVersion;
    private long datasetVersionId;
    private String adapterRun = "";

    @Enumerated(EnumType.STRING)
    private RunState state = RunState.QUEUED;

    private @Nullable String reason;

    @Convert(converter = JsonColumn.Settings.class)
    private Map<String, Object> settings = Map.of();

    private int iteration;
    private int iterations;
    private Instant createdAt = Instant.EPOCH;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private String startedBy = "";
    private @Nullable String schedule;

    @Enumerated(EnumType.STRING)
    private @Nullable Decision decision;

    private @Nullable String decisionReason;

    @Convert(converter = JsonColumn.Scores.class)
    private List<RunScore> scores = List.of();

    private @Nullable String fusedModel;
    private @Nullable Integer referenceAnswers;
    private @Nullable Integer referenceTotal;
    private @Nullable Integer bestIteration;
    private @Nullable Double bestLoss;

    @Convert(converter = JsonColumn.Checks.class)
    private List<RunCheck> checks = List.of();

    private @Nullable String baseModelHash;

    private int attempt = 1;
    private boolean trained;
    private boolean stopRequested;

    protected RunEntity() {}

    RunEntity(
            String id,
            RunJob job,
            String model,
            Path modelPath,
            DatasetVersion version,
            TrainSettings settings,
            Instant createdAt) {
        this.id = id;
        this.job = job;
        this.model = model;
        this.modelPath = modelPath.toString();
        this.dataset = version.dataset();
        this.datasetVersion = version.version();
        this.datasetVersionId = version.id();
        this.adapterRun = id;
        this.settings = settings.toMap();
        this.iterations = settings.iters();
        this.createdAt = createdAt;
    }

    void startedBy(String who, Optional<String> schedule) {
        this.startedBy = who;
        this.schedule = schedule.orElse(null);
    }

    /** Takes the adapter of an earlier run, its settings, and the comparison if there was one. */
    void continues(RunEntity earlier) {
        adapterRun = earlier.adapterRun;
        settings = earlier.settings;
        iteration = earlier.iteration;
        iterations = earlier.iterations;
        bestIteration = earlier.bestIteration;
        bestLoss = earlier.bestLoss;
        if (job == RunJob.FUSE) {
            scores = List.copyOf(earlier.scores);
            decision = earlier.decision;
            decisionReason = earlier.decisionReason;
        }
    }

    /** An instance works on it. */
    void enter(RunState phase) {
        if (phase.over() || phase == RunState.QUEUED) {
            throw new IllegalArgumentException(phase + " is not a phase of work.");
        }
        requireNotOver(phase);
        state = phase;
        if (startedAt == null) {
            startedAt = now();
        }
    }

    /** The instance that worked on it shuts down; another one, or the same after its start, takes it up. */
    void requeue() {
        requireNotOver(RunState.QUEUED);
        state = RunState.QUEUED;
    }

    void end(RunState end, @Nullable String why) {
        if (!end.over()) {
            throw new IllegalArgumentException(end + " is not an end.");
        }
        requireNotOver(end);
        state = end;
        reason = why;
        endedAt = now();
    }

    void requestStop() {
        requireNotOver(RunState.STOPPED);
        stopRequested = true;
    }

    void restart() {
        if (!state.restartable()) {
            throw new IllegalStateException("A run that is " + state + " cannot be restarted.");
        }
        state = RunState.QUEUED;
        reason = null;
        endedAt = null;
        stopRequested = false;
        attempt++;
    }

    void reached(int iteration) {
        this.iteration = iteration;
    }

    void trainsOn(String baseModelHash) {
        this.baseModelHash = baseModelHash;
    }

    void trainingDone() {
        trained = true;
    }

    void judged(List<RunScore> scores, Decision decision, String why) {
        this.scores = List.copyOf(scores);
        this.decision = decision;
        this.decisionReason = why;
    }

    void fused(Path model, List<RunCheck> checks) {
        fusedModel = model.toString();
        this.checks = List.copyOf(checks);
    }

    void referenced(int answers, int total) {
        referenceAnswers = answers;
        referenceTotal = total;
    }

    void best(Best validation) {
        bestIteration = validation.iteration();
        bestLoss = validation.valLoss();
    }

    String id() {
        return id;
    }

    int iteration() {
        return iteration;
    }

    int attempt() {
        return attempt;
    }

    RunState state() {
        return state;
    }

    boolean stopRequested() {
        return stopRequested;
    }

    RunOnVersion onVersion() {
        return new RunOnVersion(id, state, createdAt, trained);
    }

    RunPlan plan() {
        return new RunPlan(
                id,
                job,
                model,
                Path.of(modelPath),
                dataset,
                datasetVersion,
                startedBy,
                adapterRun,
                TrainSettings.fromMap(settings),
                scores,
                Optional.ofNullable(decision),
                Optional.ofNullable(decisionReason));
    }

    RunView view() {
        return new RunView(
                id,
                job.label(),
                model,
                dataset,
                datasetVersion,
                state,
                reason,
                settings,
                iteration,
                iterations,
                createdAt,
                startedAt,
                endedAt,
                startedBy,
                schedule,
                decision,
                decisionReason,
                scores,
                fusedModel,
                referenceAnswers == null || referenceTotal == null
                        ? null
                        : new RunReference(referenceAnswers, referenceTotal),
                bestIteration == null || bestLoss == null ? null : new RunBest(bestIteration, bestLoss),
                checks);
    }

    private void requireNotOver(RunState next) {
        if (state.over()) {
            throw new IllegalStateException("Run " + id + " is " + state + " and cannot become " + next + ".");
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
