package org.mlxspring.autoconfigure.lineage;

import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api")
class LineageController {

    private final Lineage lineage;

    LineageController(Lineage lineage) {
        this.lineage = lineage;
    }

    @GetMapping("/runs/{id}/lineage")
    RunLineage run(@PathVariable String id) {
        return lineage.run(id);
    }

    @GetMapping("/runs/{id}/lineage/rows")
    PageView<RowOrigin> rows(@PathVariable String id, PageQuery page) {
        return PageView.of(lineage.rowsOf(id, page.toPageable(Sort.unsorted())));
    }

    @GetMapping("/models/{model}/versions/{version}/lineage")
    RunLineage modelVersion(@PathVariable String model, @PathVariable int version) {
        return lineage.modelVersion(model, version);
    }

    @GetMapping("/datasets/{name}/rows/{id}/lineage")
    RowLineage row(@PathVariable String name, @PathVariable long id) {
        return lineage.row(name, id);
    }
}
