package org.mlxspring.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.model.ModelView;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;

/**
 * Whether a run could be done now, and how the last one ended. What is missing makes it UNKNOWN rather than DOWN: an
 * application that serves its users must not be taken out of service because it cannot train.
 */
final class MlxHealth extends AbstractHealthIndicator {
    private final NativeLibrary nativeLibrary;
    private final HomeFolder home;
    private final Models models;
    private final Runs runs;
    private final RunCounts counts;

    MlxHealth(NativeLibrary nativeLibrary, HomeFolder home, Models models, Runs runs) {
        super("The health of MLX could not be found out");
        this.nativeLibrary = nativeLibrary;
        this.home = home;
        this.models = models;
        this.runs = runs;
        this.counts = new RunCounts(runs);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<String> problems = new ArrayList<>();
        health.withDetail("nativeLibrary", library(problems));
        health.withDetail("home", home(problems));
        health.withDetail("models", models(problems));
        health.withDetail("runs", Map.of("queued", counts.queued(), "running", counts.running()));
        last().ifPresent(run -> health.withDetail("lastRun", described(run)));
        if (problems.isEmpty()) {
            health.up();
        } else {
            health.withDetail("problems", problems).status(Status.UNKNOWN);
        }
    }

    private Map<String, Object> library(List<String> problems) {
        Optional<String> found = nativeLibrary.found();
        if (found.isEmpty()) {
            problems.add(
                    "The MLX library for " + nativeLibrary.platform() + " was not found: "
                            + nativeLibrary
                                    .configured()
                                    .map(folder -> "there is no libmlxc in " + folder + ".")
                                    .orElse(
                                            "add the jar mlx-native, or name the folder of libmlxc in mlx.engine.native-path."));
        }
        return Map.of("platform", nativeLibrary.platform(), "found", found.orElse("no"));
    }

    private Map<String, Object> home(List<String> problems) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("path", home.path().toString());
        home.freeBytes().ifPresent(free -> details.put("freeBytes", free));
        home.problem().ifPresent(problems::add);
        return details;
    }

    private Map<String, Object> models(List<String> problems) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (ModelView model : models.list()) {
            Optional<String> problem = models.problem(model.name());
            details.put(model.name(), problem.isEmpty() ? "usable" : "not usable");
            problem.ifPresent(problems::add);
        }
        return details;
    }

    private Optional<RunView> last() {
        return runs.list(null, null, null, PageRequest.of(0, 1, Sort.by(Sort.Direction.DESC, "createdAt"))).stream()
                .findFirst();
    }

    private static Map<String, Object> described(RunView run) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", run.id());
        details.put("state", run.state());
        if (run.endedAt() != null) {
            details.put("endedAt", run.endedAt());
        }
        return details;
    }
}
