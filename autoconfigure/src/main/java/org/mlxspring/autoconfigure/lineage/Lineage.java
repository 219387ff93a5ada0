package org.mlxspring.autoconfigure.lineage;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.prepare.PreparedTokens;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunJob;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Follows rows forward to what was made of them, and adapters back to where they come from. No text of a row is read. */
public class Lineage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunTable runs;
    private final RowOrigins rows;
    private final RunFolders folders;
    private final PreparedTokens tokens;

    Lineage(MlxDatabase database, RunFolders folders, PreparedTokens tokens) {
        this.folders = folders;
        this.tokens = tokens;
        runs = new RunTable(database.jdbc());
        rows = new RowOrigins(database.jdbc());
    }

    /**
     * Where a run's adapter comes from.
     *
     * @throws ProblemException if there is no such run
     */
    public RunLineage run(String id) {
        RunTable.Run run = find(id);
        RunTable.Run trained = run.adapterRun().equals(id) ? run : find(run.adapterRun());
        return new RunLineage(
                id,
                label(run),
                run.state(),
                run.startedBy(),
                run.schedule(),
                run.createdAt(),
                run.endedAt(),
                run.adapterRun(),
                adapter(run),
                settings(trained),
                new RunLineage.BaseModelUse(trained.model(), trained.modelPath(), trained.baseModelHash()),
                rows.data(trained.datasetVersionId()),
                runs.fusedOf(Set.of(run.adapterRun())));
    }

    /**
     * Where a fused model comes from.
     *
     * @param model name of its base model
     * @param version its number
     * @throws ProblemException if there is no such version
     */
    public RunLineage modelVersion(String model, int version) {
        return run(runs.madeBy(model, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "Unknown model version",
                        "There is no version " + version + " of model '" + model
                                + "'. GET /mlx/api/models lists those there are.",
                        Map.of("model", model, "version", version))));
    }

    /**
     * The rows that a run's adapter was made of, as they are now, in the order of their ids.
     *
     * @throws ProblemException if there is no such run
     */
    public Page<RowOrigin> rowsOf(String run, Pageable page) {
        long version = find(find(run).adapterRun()).datasetVersionId();
        return new PageImpl<>(rows.origins(version, page.getOffset(), page.getPageSize()), page, rows.count(version));
    }

    /**
     * All that holds a row or was made from one that does; also of a row that is erased.
     *
     * @throws ProblemException if the dataset never had such a row
     */
    public RowLineage row(String dataset, long id) {
        RowOrigins.Row row = rows.row(dataset, id)
                .orElseThrow(() -> ProblemException.notFound(
                        "Unknown row",
                        "Dataset '" + dataset + "' has no row " + id + ", and none of this id was erased from it.",
                        Map.of("dataset", dataset, "row", id)));
        List<RowOrigins.Version> versions = rows.versions(row);
        List<RunTable.Run> users = runs
                .on(versions.stream().map(RowOrigins.Version::id).toList())
                .stream()
                .filter(run -> row.erasure() == null
                        || row.erasure().at() == null
                        || run.createdAt().isBefore(row.erasure().at()))
                .toList();
        Long importId = row.importId();
        return new RowLineage(
                dataset,
                id,
                row.split(),
                row.addedAt(),
                importId == null ? null : rows.importOf(importId),
                row.erasure(),
                versions.stream().map(RowOrigins.Version::number).toList(),
                versions.stream().flatMap(this::stores).toList(),
                users.stream().map(this::use).toList(),
                runs.fusedOf(adapterRuns(users)));
    }

    /** The complete adapters that were trained on these dataset versions, the newest first. */
    public List<TrainedAdapter> adaptersOf(Collection<Long> datasetVersionIds) {
        return runs.on(datasetVersionIds).stream()
                .filter(run -> run.trained() && run.adapterRun().equals(run.id()))
                .map(run -> new TrainedAdapter(
                        run.id(),
                        folders.adapter(run.id()),
                        run.model(),
                        run.dataset(),
                        settings(run),
                        runs.fusedOf(Set.of(run.id()))))
                .toList();
    }

    private Stream<RowLineage.TokenStoreUse> stores(RowOrigins.Version version) {
        return tokens.of(version.id()).stream()
                .map(store -> new RowLineage.TokenStoreUse(
                        version.number(), store.folder().toString()));
    }

    private RowLineage.RunUse use(RunTable.Run run) {
        return new RowLineage.RunUse(run.id(), label(run), run.state(), run.datasetVersion(), adapter(run));
    }

    private @Nullable String adapter(RunTable.Run run) {
        return run.trained() ? folders.adapter(run.adapterRun()).toString() : null;
    }

    private RunTable.Run find(String id) {
        return runs.run(id)
                .orElseThrow(() ->
                        ProblemException.notFound("Unknown run", "There is no run '" + id + "'.", Map.of("run", id)));
    }

    private static Set<String> adapterRuns(List<RunTable.Run> users) {
        return users.stream().map(RunTable.Run::adapterRun).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Map<String, Object> settings(RunTable.Run run) {
        return JSON.readValue(run.settings(), new TypeReference<Map<String, Object>>() {});
    }

    private static String label(RunTable.Run run) {
        return RunJob.valueOf(run.job()).label();
    }
}
