package org.mlxspring.autoconfigure.schedule;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/mlx/api/schedules")
class ScheduleController {

    private final Schedules schedules;

    ScheduleController(Schedules schedules) {
        this.schedules = schedules;
    }

    @GetMapping
    PageView<ScheduleView> list(PageQuery query) {
        return PageView.of(schedules.list(), query);
    }

    @PostMapping("/{name}/run")
    ResponseEntity<RunView> run(@PathVariable String name, @Nullable Principal user, UriComponentsBuilder address) {
        RunView run = schedules.run(name, UserName.of(user));
        return ResponseEntity.accepted()
                .location(address.path("/mlx/api/runs/{id}").build(run.id()))
                .body(run);
    }
}
