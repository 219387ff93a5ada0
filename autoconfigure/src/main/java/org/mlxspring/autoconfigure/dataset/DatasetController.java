package org.mlxspring.autoconfigure.dataset;

import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/datasets")
class DatasetController {

    private final Datasets datasets;

    DatasetController(Datasets datasets) {
        this.datasets = datasets;
    }

    @GetMapping
    PageView<DatasetView> list(PageQuery page) {
        return PageView.of(datasets.list(page.toPageable(Sort.by("name"), "name", "createdAt")));
    }

    @GetMapping("/{name}/versions")
    PageView<DatasetVersionView> versions(@PathVariable String name, PageQuery page) {
        return PageView.of(datasets.versions(
                name, page.toPageable(Sort.by(Sort.Direction.DESC, "version"), "version", "createdAt")));
    }
}
