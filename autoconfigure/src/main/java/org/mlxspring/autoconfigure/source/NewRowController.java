package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows that are sent one by one or a few together. */
@RestController
class NewRowController {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST = 1_000;
    private static final TypeReference<Map<String, @Nullable Object>> ROW = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, @Nullable Object>>> ROWS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Imports imports;
    private final Refusals refusals;

    NewRowController(Imports imports, Refusals refusals) {
        this.imports = imports;
        this.refusals = refusals;
    }

    @PostMapping(path = "/mlx/api/datasets/{name}/rows", consumes = "application/json")
    ResponseEntity<ImportView> add(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String columns,
            @RequestBody String body,
            @Nullable Principal user,
            UriComponentsBuilder address)
            throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> rows = rows(body);
        if (rows.isEmpty() || rows.size() > MOST) {
            throw ProblemException.invalid(
                    "Unusable rows",
                    "The request has " + rows.size() + " rows; it may have 1 to " + MOST
                            + ". Send more of them to /mlx/api/datasets/" + name + "/imports.",
                    Map.of());
        }
        ImportView view = imports.await(
                imports.add(name, rows, UploadParameters.columns(columns), UserName.of(user))
                        .id(),
                LONGEST_WAIT);
        if (view.state() != ImportState.SUCCEEDED) {
            throw refusals.problem(view);
        }
        return ResponseEntity.created(
                        address.path("/mlx/api/datasets/{name}/imports/{id}").build(name, view.id()))
                .body(view);
    }

    private static List<Map<String, @Nullable Object>> rows(String body) {
        try {
            return body.stripLeading().startsWith("[")
                    ? JSON.readValue(body, ROWS)
                    : List.of(JSON.readValue(body, ROW));
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw ProblemException.invalid(
                    "Unusable rows",
                    "The request is not a JSON object, or a list of them; see its column " + column + ".",
                    Map.of());
        }
    }
}
