package org.mlxspring.autoconfigure.source;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.data.domain.Sort;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/mlx/api/datasets/{name}")
class ImportController {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Imports imports;
    private final Refusals refusals;
    private final Sources sources;

    ImportController(Imports imports, Refusals refusals, Sources sources) {
        this.imports = imports;
        this.refusals = refusals;
        this.sources = sources;
    }

    @PostMapping(
            path = "/imports",
            consumes = {
                "application/x-ndjson",
                "application/jsonl",
                "text/csv",
                "text/plain",
                "text/markdown",
                "application/zip"
            })
    ResponseEntity<ImportView> upload(
            @PathVariable String name,
            @RequestParam(defaultValue = "replace") String mode,
            @RequestParam(defaultValue = "") String columns,
            @RequestParam(name = "skip-limit", required = false) @Nullable String skipLimit,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(name = "wait", defaultValue = "false") boolean waiting,
            HttpServletRequest body,
            @Nullable Principal user,
            UriComponentsBuilder address)
            throws IOException, InterruptedException {
        UploadRequest.Part part = new UploadRequest.Part(
                "",
                String.valueOf(body.getContentType()),
                Optional.ofNullable(split).map(UploadParameters::split),
                body.getInputStream());
        UploadRequest request = new UploadRequest(
                name,
                UploadParameters.mode(mode),
                List.of(part),
                UploadParameters.columns(columns),
                Optional.ofNullable(skipLimit));
        ImportView view = imports.upload(request, UserName.of(user));
        return accepted(waiting ? imports.await(view.id(), LONGEST_WAIT) : view, address);
    }

    @GetMapping("/imports")
    PageView<ImportView> list(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable ImportState state,
            @RequestParam(required = false) @Nullable String source,
            PageQuery page) {
        return PageView.of(imports.list(name, state, source, page.toPageable(Sort.unsorted())));
    }

    @GetMapping("/imports/{id}")
    ImportView get(@PathVariable String name, @PathVariable long id) {
        return imports.get(name, id);
    }

    @GetMapping("/imports/{id}/refused")
    PageView<RefusedRowView> refused(@PathVariable String name, @PathVariable long id, PageQuery page) {
        return PageView.of(refusals.list(name, id, page.toPageable(Sort.unsorted())));
    }

    @GetMapping("/rows/refused/{id}/{row}")
    RefusedRowText refusedText(
            @PathVariable String name, @PathVariable long id, @PathVariable long row, @Nullable Principal user) {
        return refusals.text(name, id, row, UserName.of(user));
    }

    @PostMapping("/imports/{id}/stop")
    ResponseEntity<ImportView> stop(@PathVariable String name, @PathVariable long id, UriComponentsBuilder address) {
        return accepted(imports.stop(imports.get(name, id).id()), address);
    }

    @PostMapping("/imports/{id}/restart")
    ResponseEntity<ImportView> restart(@PathVariable String name, @PathVariable long id, UriComponentsBuilder address) {
        return accepted(imports.restart(imports.get(name, id).id()), address);
    }

    @PostMapping("/sources/{source}/imports")
    ResponseEntity<ImportView> start(
            @PathVariable String name,
            @PathVariable String source,
            @RequestParam(name = "wait", defaultValue = "false") boolean waiting,
            @Nullable Principal user,
            UriComponentsBuilder address)
            throws InterruptedException {
        if (!sources.of(name).contains(source)) {
            throw ProblemException.notFound(
                    "Unknown source",
                    "No source '" + source + "' brings rows to dataset '" + name + "'.",
                    Map.of("sources", sources.of(name)));
        }
        ImportView view = imports.start(source, UserName.of(user));
        return accepted(waiting ? imports.await(view.id(), LONGEST_WAIT) : view, address);
    }

    private static ResponseEntity<ImportView> accepted(ImportView view, UriComponentsBuilder address) {
        return ResponseEntity.accepted()
                .location(address.path("/mlx/api/datasets/{name}/imports/{id}").build(view.dataset(), view.id()))
                .body(view);
    }
}
