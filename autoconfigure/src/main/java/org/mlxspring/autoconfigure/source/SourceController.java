package org.mlxspring.autoconfigure.source;

import java.util.List;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
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
        Pageable page = query.toPageable(Sort.unsorted());
        List<SourceView> all = sources.list();
        List<SourceView> content =
                all.stream().skip(page.getOffset()).limit(page.getPageSize()).toList();
        return PageView.of(new PageImpl<>(content, page, all.size()));
    }
}
