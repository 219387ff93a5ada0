package org.mlxspring.autoconfigure.run;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.data.domain.Sort;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/mlx/api/runs")
class RunController {

    private final Runs runs;
    private final RunEvents events;

    RunController(Runs runs, RunEvents events) {
        this.runs = runs;
        this.events = events;
    }

    @PostMapping
    ResponseEntity<RunView> start(
            @RequestBody RunRequest request, @Nullable Principal user, UriComponentsBuilder address) {
        RunView run = runs.start(request, UserName.of(user));
        return accepted(run, address);
    }

    @GetMapping
    PageView<RunView> list(
            @RequestParam(required = false) @Nullable RunState state,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String dataset,
            PageQuery page) {
        Sort newestFirst = Sort.by(Sort.Direction.DESC, "createdAt", "id");
        return PageView.of(runs.list(
                state, model, dataset, page.toPageable(newestFirst, "createdAt", "state", "model", "dataset")));
    }

    @GetMapping("/{id}")
    RunView get(@PathVariable String id) {
        return runs.get(id);
    }

    @GetMapping("/{id}/metrics")
    PageView<MetricView> metrics(
            @PathVariable String id, @RequestParam(defaultValue = "0") long after, PageQuery page) {
        return PageView.of(runs.metrics(id, after, page.toPageable(Sort.by("runId", "id"), "id")));
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable String id, @RequestHeader(name = "Last-Event-ID", defaultValue = "0") long lastEventId) {
        runs.get(id);
        return events.of(id, lastEventId);
    }

    @PostMapping("/{id}/stop")
    ResponseEntity<RunView> stop(@PathVariable String id, UriComponentsBuilder address) {
        return accepted(runs.stop(id), address);
    }

    @PostMapping("/{id}/restart")
    ResponseEntity<RunView> restart(@PathVariable String id, UriComponentsBuilder address) {
        return accepted(runs.restart(id), address);
    }

    private static ResponseEntity<RunView> accepted(RunView run, UriComponentsBuilder address) {
        return ResponseEntity.accepted()
                .location(address.path("/mlx/api/runs/{id}").build(run.id()))
                .body(run);
    }
}
