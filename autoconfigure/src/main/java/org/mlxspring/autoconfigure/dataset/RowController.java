package org.mlxspring.autoconfigure.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.web.UserName;
import org.mlxspring.engine.data.Split;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Rows with their text, under {@code /rows}, which needs a right of its own; and their ids, which do not. */
@RestController
@RequestMapping("/mlx/api/datasets/{name}")
class RowController {

    private final RowReading reading;
    private final Datasets datasets;

    RowController(RowReading reading, Datasets datasets) {
        this.reading = reading;
        this.datasets = datasets;
    }

    @GetMapping("/rows")
    RowsView rows(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "20") int size,
            @Nullable Principal user) {
        return reading.page(
                name, Optional.ofNullable(version), splits(split), after, size(size, 500), UserName.of(user));
    }

    @GetMapping("/rows/{id}")
    RowView row(@PathVariable String name, @PathVariable long id, @Nullable Principal user) {
        return reading.row(name, id, UserName.of(user));
    }

    @GetMapping("/versions/{version}/difference")
    VersionDifference difference(@PathVariable String name, @PathVariable int version, @RequestParam int from) {
        return datasets.difference(name, from, version);
    }

    @GetMapping("/versions/{version}/difference/row-ids")
    RowIdsView changedIds(
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam int from,
            @RequestParam RowChange change,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "1000") int size) {
        return datasets.difference(name, from, version, change, after, size(size, 10_000));
    }

    @GetMapping(path = "/versions/{version}/row-ids", produces = "text/csv")
    ResponseEntity<StreamingResponseBody> ids(@PathVariable String name, @PathVariable int version) {
        DatasetVersion exported = datasets.resolve(name, Optional.of(version));
        StreamingResponseBody lines = out -> {
            out.write("id,split\n".getBytes());
            long last = 0;
            for (List<RowId> page = datasets.ids(exported, last);
                    !page.isEmpty();
                    page = datasets.ids(exported, last)) {
                write(out, page);
                last = page.getLast().id();
            }
        };
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv"))
                .body(lines);
    }

    private static void write(OutputStream out, List<RowId> page) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (RowId row : page) {
            lines.append(row.id()).append(',').append(row.split().label()).append('\n');
        }
        out.write(lines.toString().getBytes());
    }

    private static Set<Split> splits(@Nullable String split) {
        if (split == null || split.isBlank()) {
            return EnumSet.allOf(Split.class);
        }
        try {
            return EnumSet.of(Split.labeled(split));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "Unknown split",
                    "split is '" + split + "'; it must be train, valid or test.",
                    Map.of("parameter", "split"));
        }
    }

    private static int size(int size, int largest) {
        if (size < 1 || size > largest) {
            throw ProblemException.invalid(
                    "Unusable page",
                    "size is " + size + "; it must be from 1 to " + largest + ".",
                    Map.of("parameter", "size"));
        }
        return size;
    }
}
