package org.mlxspring.autoconfigure.source;

import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SourceController {

    private final Sources sources;

    SourceController(Sources sources) {
        this.sources = sources;
    }

    @GetMapping("/mlx/api/datasets/sources")
    PageView<SourceView> list(PageQuery query) {
        return PageView.of(sources.list(), query);
    }
}
