package org.mlxspring.autoconfigure.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.run.RunState;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adapters, checkpoints, answers and fused models of runs that are neither new, unfinished, nor behind a champion. */
final class OldRunFiles implements CleanUpPart {

    private final JdbcClient jdbc;
    private final Models models;
    private final RunFolders folders;
    private final RunRetentionProperties properties;

    OldRunFiles(MlxDatabase database, Models models, RunFolders folders, RunRetentionProperties properties) {
        this.jdbc = database.jdbc();
        this.models = models;
        this.folders = folders;
        this.properties = properties;
    }

    private record Run(String id, String model, String adapterRun, RunState state) {}

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        Integer kept = properties.kept();
        if (kept == null) {
            return List.of();
        }
        List<Run> runs = newestFirst();
        Set<String> needed = needed(runs, kept, champions());
        long bytes = 0;
        long count = 0;
        for (Run run : runs) {
            long size = needed.contains(run.id()) ? 0 : folders.size(run.model(), run.id());
            if (size > 0) {
                bytes += size;
                count++;
                if (!dry) {
                    models.withdraw(run.model(), versionsOf(run), "Clean-up " + id + " removed its files");
                    folders.forget(run.model(), run.id());
                }
            }
        }
        return List.of(new Removed("runs' files", count, bytes));
    }

    /** The runs whose files stay, with those whose adapters they use. */
    private static Set<String> needed(List<Run> newestFirst, int kept, Collection<String> champions) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> needed = new HashSet<>();
        for (Run run : newestFirst) {
            boolean isNew = seen.merge(run.model(), 1, Integer::sum) <= kept;
            if (isNew || !run.state().over() || champions.contains(run.id())) {
                needed.add(run.id());
                needed.add(run.adapterRun());
            }
        }
        return needed;
    }

    private List<String> champions() {
        return jdbc.sql("""
                        select v.run_id from mlx_models m
                        join mlx_model_versions v on v.model = m.name and v.version = m.champion""").query(String.class).list();
    }

    private List<Run> newestFirst() {
        return jdbc.sql("select id, model, adapter_run, state from mlx_runs order by created_at desc, id desc")
                .query((row, number) -> new Run(
                        row.getString("id"),
                        row.getString("model"),
                        row.getString("adapter_run"),
                        RunState.valueOf(row.getString("state"))))
                .list();
    }

    private List<Integer> versionsOf(Run run) {
        return jdbc.sql("select version from mlx_model_versions where run_id = ? and model = ?")
                .params(run.id(), run.model())
                .query(Integer.class)
                .list();
    }
}
