package org.mlxspring.autoconfigure.dataset;

import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.data.domain.Sort;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/datasets")
class DatasetController {

    private final Datasets datasets;
    private final VersionLabels labels;
    private final DatasetKeyRotation keys;

    DatasetController(Datasets datasets, VersionLabels labels, DatasetKeyRotation keys) {
        this.datasets = datasets;
        this.labels = labels;
        this.keys = keys;
    }

    @GetMapping
    PageView<DatasetView> list(PageQuery page) {
        return PageView.of(datasets.list(page.toPageable(Sort.by("name"), "name", "createdAt")));
    }

    @GetMapping("/{name}/versions")
    PageView<DatasetVersionView> versions(
            @PathVariable String name, @RequestParam(required = false) @Nullable VersionState state, PageQuery page) {
        return PageView.of(datasets.versions(
                name, state, page.toPageable(Sort.by(Sort.Direction.DESC, "version"), "version", "createdAt")));
    }

    @GetMapping("/{name}")
    DatasetView get(@PathVariable String name) {
        return datasets.get(name);
    }

    @PatchMapping("/{name}")
    DatasetView change(@PathVariable String name, @RequestBody DatasetChange change, @Nullable Principal user) {
        labels.describe(name, change.description(), UserName.of(user));
        return datasets.get(name);
    }

    @GetMapping("/{name}/versions/{version}")
    DatasetVersionView version(@PathVariable String name, @PathVariable int version) {
        return datasets.version(name, version);
    }

    @PatchMapping("/{name}/versions/{version}")
    DatasetVersionView change(
            @PathVariable String name,
            @PathVariable int version,
            @RequestBody VersionChange change,
            @Nullable Principal user) {
        labels.note(name, version, change.note(), UserName.of(user));
        return datasets.version(name, version);
    }

    @GetMapping("/{name}/tags")
    List<TagView> tags(@PathVariable String name) {
        return labels.tags(name);
    }

    @PutMapping("/{name}/tags/{tag}")
    TagView tag(
            @PathVariable String name,
            @PathVariable String tag,
            @RequestBody TagChange change,
            @Nullable Principal user) {
        return labels.tag(name, tag, change.version(), UserName.of(user));
    }

    @DeleteMapping("/{name}/tags/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeTag(@PathVariable String name, @PathVariable String tag, @Nullable Principal user) {
        labels.removeTag(name, tag, UserName.of(user));
    }

    @PostMapping("/{name}/keys/rotate")
    KeysRotatedView rotateKeys(@PathVariable String name, @Nullable Principal user) {
        return new KeysRotatedView(keys.rotate(name, UserName.of(user)));
    }
}
