package org.mlxspring.autoconfigure.model;

import java.util.List;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/models")
class ModelController {

    private final Models models;

    ModelController(Models models) {
        this.models = models;
    }

    @GetMapping
    PageView<ModelView> list(PageQuery query) {
        Pageable page = query.toPageable(Sort.unsorted());
        List<ModelView> all = models.list();
        List<ModelView> content =
                all.stream().skip(page.getOffset()).limit(page.getPageSize()).toList();
        return PageView.of(new PageImpl<>(content, page, all.size()));
    }
}
