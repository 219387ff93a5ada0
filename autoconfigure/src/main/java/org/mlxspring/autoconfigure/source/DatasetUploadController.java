package org.mlxspring.autoconfigure.source;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.DatasetVersionView;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Uploads of a whole version in JSON-lines files, which are answered when the version is there. */
@RestController
class DatasetUploadController {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Imports imports;
    private final Refusals refusals;
    private final Datasets datasets;

    DatasetUploadController(Imports imports, Refusals refusals, Datasets datasets) {
        this.imports = imports;
        this.refusals = refusals;
        this.datasets = datasets;
    }

    @PostMapping(
            path = UploadServlet.PATH,
            consumes = {"multipart/form-data", MultipartStream.TYPE})
    ResponseEntity<DatasetVersionView> create(
            HttpServletRequest request, @Nullable Principal user, UriComponentsBuilder address)
            throws IOException, InterruptedException, MissingServletRequestParameterException {
        DatasetUpload.Content content = new DatasetUpload(request).open();
        String name = content.name()
                .orElseThrow(
                        () -> new MissingServletRequestParameterException("name", "the first part of the request"));
        if (!content.files().hasNext()) {
            throw new MissingServletRequestParameterException("train", "file");
        }
        UploadRequest upload = new UploadRequest(name, IntakeMode.REPLACE, content::files, Map.of(), Optional.of("0"));
        ImportView view =
                imports.await(imports.upload(upload, UserName.of(user)).id(), LONGEST_WAIT);
        if (view.state() != ImportState.SUCCEEDED) {
            throw refusals.problem(view);
        }
        URI location = address.path("/mlx/api/datasets/{name}/versions").build(name);
        return ResponseEntity.created(location).body(datasets.version(name, Objects.requireNonNull(view.version())));
    }
}
