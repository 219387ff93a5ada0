package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.prepare.PreparedStore;
import org.mlxspring.autoconfigure.prepare.PreparedTokens;
import org.mlxspring.autoconfigure.run.Runs;

/** Token stores that no run asked for in a long time; a run that needs one makes it again. */
final class OldTokenStores implements CleanUpPart {

    private final PreparedTokens tokens;
    private final Runs runs;
    private final Duration age;

    OldTokenStores(PreparedTokens tokens, Runs runs, Duration age) {
        this.tokens = tokens;
        this.runs = runs;
        this.age = age;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        long count = 0;
        long bytes = 0;
        for (PreparedStore store : tokens.all()) {
            if (store.lastUsed().isBefore(now.minus(age)) && !inUse(store)) {
                count++;
                bytes += RunFolders.size(store.folder());
                if (!dry) {
                    tokens.delete(store);
                }
            }
        }
        return List.of(new Removed("token stores", count, bytes));
    }

    private boolean inUse(PreparedStore store) {
        return runs.on(List.of(store.versionId())).stream()
                .anyMatch(run -> !run.state().over());
    }
}
