package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/audit")
class AuditController {

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping
    PageView<AuditView> list(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable AuditAction action,
            @RequestParam(required = false) @Nullable String dataset,
            @RequestParam(required = false) @Nullable Long row,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            PageQuery page) {
        AuditFilter filter = new AuditFilter(actor, action, dataset, row, from, to);
        return PageView.of(trail.find(filter, page.toPageable(Sort.by(Sort.Direction.DESC, "id"), "id", "at")));
    }
}
