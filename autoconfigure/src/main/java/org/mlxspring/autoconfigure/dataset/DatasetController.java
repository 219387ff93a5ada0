package org.mlxspring.autoconfigure.dataset;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.engine.data.Split;
import org.springframework.data.domain.Sort;
import org.springframework.http.ResponseEntity;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/mlx/api/datasets")
class DatasetController {

    private final Datasets datasets;

    DatasetController(Datasets datasets) {
        this.datasets = datasets;
    }

    @PostMapping
    ResponseEntity<DatasetVersionView> create(
            @RequestParam String name,
            @RequestPart MultipartFile train,
            @RequestPart(required = false) @Nullable MultipartFile valid,
            @RequestPart(required = false) @Nullable MultipartFile test,
            @Nullable Principal user,
            UriComponentsBuilder address)
            throws IOException {
        Path folder = Files.createTempDirectory("mlx-upload");
        try {
            RowFiles files = new RowFiles(
                    kept(train, folder, Split.TRAIN).orElseThrow(),
                    kept(valid, folder, Split.VALID),
                    kept(test, folder, Split.TEST));
            DatasetVersionView version = datasets.create(name, files, user == null ? "anonymous" : user.getName());
            URI location = address.path("/mlx/api/datasets/{name}/versions").build(version.dataset());
            return ResponseEntity.created(location).body(version);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
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

    private static Optional<Path> kept(@Nullable MultipartFile file, Path folder, Split split) throws IOException {
        if (file == null || file.isEmpty() && split != Split.TRAIN) {
            return Optional.empty();
        }
        Path kept = folder.resolve(split.fileName());
        file.transferTo(kept);
        return Optional.of(kept);
    }
}
