package org.mlxspring.autoconfigure.page;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The API's contract over runs in memory; a run that is started goes through all its states in a few seconds. */
@RestController
@RequestMapping("/mlx/api")
class MadeUpApi {
    private static final long TEN_ITERATIONS = 60;

    final List<Map<String, Object>> runs = new CopyOnWriteArrayList<>();
    boolean empty;

    @GetMapping("/runs")
    Object runs(@RequestParam(defaultValue = "20") int size) {
        return page(runs.stream().limit(size).toList(), runs.size());
    }

    @GetMapping("/runs/{id}")
    Object run(@PathVariable int id) {
        return find(id);
    }

    @GetMapping("/runs/{id}/metrics")
    Object metrics(@PathVariable int id, @RequestParam(defaultValue = "0") int after) {
        List<Map<String, Object>> metrics = MadeUpRuns.metrics((int) find(id).get("iteration")).stream()
                .filter(metric -> (int) metric.get("id") > after)
                .toList();
        return page(metrics, metrics.size());
    }

    @GetMapping("/runs/{id}/events")
    SseEmitter events(@PathVariable int id) {
        SseEmitter emitter = new SseEmitter(60_000L);
        Map<String, Object> run = find(id);
        Thread.startVirtualThread(() -> follow(run, emitter));
        return emitter;
    }

    private static void follow(Map<String, Object> run, SseEmitter emitter) {
        try {
            Object told = "";
            int sent = MadeUpRuns.metrics((int) run.get("iteration")).size();
            while (!List.of("SUCCEEDED", "FAILED", "STOPPED").contains(run.get("state"))) {
                if (!told.equals(run.get("state"))) {
                    told = run.get("state");
                    emitter.send(SseEmitter.event().name("state").data(run));
                }
                List<Map<String, Object>> metrics = MadeUpRuns.metrics((int) run.get("iteration"));
                for (Map<String, Object> metric : metrics.subList(sent, metrics.size())) {
                    emitter.send(SseEmitter.event()
                            .id(metric.get("id").toString())
                            .name("metric")
                            .data(metric));
                }
                sent = metrics.size();
                Thread.sleep(30);
            }
            emitter.send(SseEmitter.event().name("end").data(run));
            emitter.complete();
        } catch (IOException | InterruptedException | IllegalStateException e) {
            emitter.completeWithError(e);
        }
    }

    @PostMapping("/runs")
    ResponseEntity<?> start(@RequestBody Map<String, Object> body) {
        Map<?, ?> settings = (Map<?, ?>) body.get("settings");
        if (settings.get("num_layers") instanceof Integer layers && layers > 12) {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "num_layers is 40, but desk-model has 12 layers; give 1 to 12, or -1 for all.");
            problem.setProperty("setting", "num_layers");
            return ResponseEntity.unprocessableContent().body(problem);
        }
        int id = runs.isEmpty() ? 1 : (int) runs.getFirst().get("id") + 1;
        Map<String, Object> run = MadeUpRuns.run(id, "QUEUED", Instant.now(), 0, 0);
        runs.addFirst(run);
        Thread.startVirtualThread(() -> goOn(run));
        return ResponseEntity.accepted()
                .location(URI.create("/mlx/api/runs/" + id))
                .body(run);
    }

    @PostMapping("/runs/{id}/stop")
    Object stop(@PathVariable int id) {
        find(id).putAll(Map.of(
                "state",
                "STOPPED",
                "reason",
                "Stopped by tina.",
                "endedAt",
                Instant.now().toString()));
        return find(id);
    }

    @PostMapping("/runs/{id}/restart")
    Object restart(@PathVariable int id) {
        Map<String, Object> run = find(id);
        run.put("state", "QUEUED");
        run.put("reason", null);
        run.put("endedAt", null);
        Thread.startVirtualThread(() -> goOn(run));
        return run;
    }

    private static void goOn(Map<String, Object> run) {
        try {
            for (String state : List.of("PREPARING", "TRAINING")) {
                Thread.sleep(200);
                run.put("state", state);
            }
            for (int at = (int) run.get("iteration") + 10; at <= 600; at += 10) {
                Thread.sleep(TEN_ITERATIONS);
                if (run.get("state").equals("STOPPED")) {
                    return;
                }
                run.put("iteration", at);
            }
            for (String state : List.of("EVALUATING", "FUSING")) {
                run.put("state", state);
                Thread.sleep(200);
            }
            run.put("scores", MadeUpRuns.scores(0.12, 0.94, 0.97));
            run.put("decision", "PROMOTED");
            run.put("decisionReason", "The candidate answers 97 of 100 rows exactly, the champion 94.");
            run.put("endedAt", Instant.now().toString());
            run.put("state", "SUCCEEDED");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @GetMapping("/datasets")
    Object datasets() {
        return empty
                ? page(List.of(), 0)
                : page(
                        List.of(Map.of(
                                "name",
                                "tickets",
                                "versions",
                                3,
                                "latestVersion",
                                3,
                                "createdAt",
                                Instant.now().toString())),
                        1);
    }

    @GetMapping("/models")
    Object models() {
        if (empty) {
            return page(List.of(), 0);
        }
        Map<String, Object> champion = Map.of(
                "version",
                2,
                "run",
                6,
                "path",
                "models/desk-6",
                "loss",
                0.214,
                "exactMatch",
                0.94,
                "since",
                Instant.now().minus(5, ChronoUnit.HOURS).toString());
        List<Map<String, Object>> models = new ArrayList<>();
        models.add(Map.of("name", "desk-model", "path", "models/desk", "champion", champion, "versions", List.of()));
        models.add(Map.of("name", "mail-model", "path", "models/mail", "versions", List.of()));
        return page(models, 2);
    }

    @GetMapping("/schedules")
    Object schedules() {
        Instant next = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(26, ChronoUnit.HOURS);
        return empty
                ? page(List.of(), 0)
                : page(
                        List.of(Map.of(
                                "name",
                                "nightly",
                                "cron",
                                "0 0 2 * * *",
                                "zone",
                                "Europe/Berlin",
                                "dataset",
                                "tickets",
                                "model",
                                "desk-model",
                                "settings",
                                Map.of("iters", 600, "batch_size", 4),
                                "nextRun",
                                next.toString(),
                                "lastRun",
                                Map.of(
                                        "id",
                                        6,
                                        "state",
                                        "SUCCEEDED",
                                        "endedAt",
                                        Instant.now().toString()))),
                        1);
    }

    @PostMapping("/schedules/{name}/run")
    ResponseEntity<?> runNow(@PathVariable String name) {
        return start(Map.of("settings", Map.of()));
    }

    private Map<String, Object> find(int id) {
        return runs.stream().filter(run -> run.get("id").equals(id)).findFirst().orElseThrow();
    }

    private static Map<String, Object> page(List<?> content, int total) {
        return Map.of(
                "content", content, "page", Map.of("size", 20, "number", 0, "totalElements", total, "totalPages", 1));
    }
}
