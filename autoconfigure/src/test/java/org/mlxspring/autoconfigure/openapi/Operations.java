package org.mlxspring.autoconfigure.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each operation of the API does, in words; the annotations for it would be a dependency of every host. */
final class Operations {
    private static final Map<String, Words> WORDS = new LinkedHashMap<>();

    private Operations() {}

    /**
     * @param summary one line
     * @param description more, in Markdown
     * @param ok the status of success
     * @param problems the statuses of errors that are particular to the operation, with when they happen
     */
    record Words(String summary, String description, String ok, Map<String, String> problems) {}

    static {
        add(
                "POST /mlx/api/datasets",
                "Upload a dataset",
                "Checks the rows and stores them as a new version of the dataset; a version never changes afterwards."
                        + " Each file has one JSON object per line: `messages`, or `prompt` and `completion`, or `text`; or,"
                        + " for `train_mode` `dpo` and `orpo`, in a dataset of their own, preferences: `prompt`,"
                        + " `chosen` and `rejected`, or `input`, `preferred_output` and `non_preferred_output`."
                        + " Without `valid` and `test`, they are split off `train`. Needs TRAINER.",
                "201",
                Map.of("422", "A row is unusable; `file`, `line` and `detail` say which and why."));
        add("GET /mlx/api/datasets", "List datasets", "By name. Needs VIEWER.", "200", Map.of());
        add(
                "GET /mlx/api/datasets/{name}/versions",
                "List the versions of a dataset",
                "The newest first. Needs VIEWER.",
                "200",
                unknownDataset());
        add("GET /mlx/api/datasets/{name}", "Read a dataset", "Needs VIEWER.", "200", unknownDataset());
        add(
                "PATCH /mlx/api/datasets/{name}",
                "Describe a dataset",
                "Needs TRAINER.",
                "200",
                Map.of("404", "There is no dataset of this name.", "422", "The description is too long."));
        add(
                "GET /mlx/api/datasets/{name}/versions/{version}",
                "Read a dataset version",
                "Needs VIEWER.",
                "200",
                unknownVersion());
        add(
                "PATCH /mlx/api/datasets/{name}/versions/{version}",
                "Write a note on a dataset version",
                "Needs TRAINER.",
                "200",
                Map.of("404", "There is no such dataset or version.", "422", "The note is too long."));
        add(
                "GET /mlx/api/datasets/{name}/versions/{version}/difference",
                "Compare two dataset versions",
                "Counts the rows that were added, removed and changed since version `from`. Needs VIEWER.",
                "200",
                unknownVersion());
        add(
                "GET /mlx/api/datasets/{name}/versions/{version}/difference/row-ids",
                "List the rows that differ",
                "Ids in ascending order, a page at a time: give `next` as `after` for the next one, `size` from 1 to"
                        + " 10000. Of changed rows, the id in this version. Needs VIEWER.",
                "200",
                unknownVersion());
        add(
                "GET /mlx/api/datasets/{name}/versions/{version}/row-ids",
                "Export the ids of a dataset version",
                "CSV with the columns `id` and `split`. Needs VIEWER.",
                "200",
                unknownVersion());
        add(
                "GET /mlx/api/datasets/{name}/rows",
                "Read rows",
                "Rows of `version`, or of the newest that is ready, of `split` or of all, in the order of their ids:"
                        + " give `next` as `after` for the next page, `size` from 1 to 500. Every call is in the audit"
                        + " log. Needs the right to read rows.",
                "200",
                unknownVersion());
        add(
                "GET /mlx/api/datasets/{name}/rows/{id}",
                "Read a row",
                "Of whatever version, and its text before redaction if that was kept. Every call is in the audit log."
                        + " Needs the right to read rows.",
                "200",
                Map.of("404", "There is no such dataset or row."));
        add(
                "GET /mlx/api/datasets/{name}/tags",
                "List the tags of a dataset",
                "Needs VIEWER.",
                "200",
                unknownDataset());
        add(
                "PUT /mlx/api/datasets/{name}/tags/{tag}",
                "Put a tag on a dataset version",
                "It is taken off the version it was on. Needs TRAINER.",
                "200",
                Map.of("404", "There is no such dataset or version.", "422", "The tag is unusable."));
        add(
                "DELETE /mlx/api/datasets/{name}/tags/{tag}",
                "Remove a tag",
                "Needs TRAINER.",
                "204",
                Map.of("404", "There is no such dataset or tag."));
        add(
                "POST /mlx/api/datasets/{name}/keys/rotate",
                "Replace the key of a dataset",
                "Seals all of its rows with a new key and removes the former one. Needs ADMIN.",
                "200",
                Map.of("404", "There is no dataset of this name.", "409", "An import is adding rows to it."));
        add(
                "POST /mlx/api/keys/rotate",
                "Wrap all keys with the current master key",
                "Afterwards, former master keys are no longer needed. Needs ADMIN.",
                "200",
                Map.of());
        add(
                "POST /mlx/api/runs",
                "Start a run",
                "Stores the run and queues it; the next free instance takes it up. The answer's `Location` is the"
                        + " run's address. Needs TRAINER.",
                "202",
                Map.of(
                        "404",
                        "There is no such model or dataset.",
                        "422",
                        "A setting is wrong; `setting` names it, `detail` says what would be right. Or the base model"
                                + " cannot be used, as a GGUF file or of an unknown family; `property` names it."));
        add("GET /mlx/api/runs", "List runs", "The newest first. Needs VIEWER.", "200", Map.of());
        add("GET /mlx/api/runs/{id}", "Read a run", "Needs VIEWER.", "200", unknownRun());
        add(
                "GET /mlx/api/runs/{id}/metrics",
                "Read the metrics of a run",
                "In the order of the reports; `after` leaves out those that are known. Needs VIEWER.",
                "200",
                unknownRun());
        add(
                "GET /mlx/api/runs/{id}/events",
                "Follow a run",
                "Server-sent events: `state` with a RunView whenever the run has changed, `metric` with a MetricView"
                        + " for each report, and `end` with a RunView as the last one. The id of a `metric` event is"
                        + " the metric's; a client that comes back with `Last-Event-ID` is told what it missed."
                        + " Needs VIEWER.",
                "200",
                unknownRun());
        add(
                "POST /mlx/api/runs/{id}/stop",
                "Stop a run",
                "It ends at its next safe point, after writing a checkpoint. Needs TRAINER.",
                "202",
                Map.of("404", "There is no run of this id.", "409", "The run is over."));
        add(
                "POST /mlx/api/runs/{id}/restart",
                "Restart a run",
                "Queues a run that failed or was stopped; it goes on from its last checkpoint. Needs TRAINER.",
                "202",
                Map.of("404", "There is no run of this id.", "409", "The run is neither FAILED nor STOPPED."));
        add(
                "GET /mlx/api/models",
                "List base models",
                "With the champion of each and all its versions. Needs VIEWER.",
                "200",
                Map.of());
        add("GET /mlx/api/schedules", "List schedules", "With the next run of each. Needs VIEWER.", "200", Map.of());
        add(
                "POST /mlx/api/schedules/{name}/run",
                "Run a schedule now",
                "As it would run by itself, and besides that. Needs TRAINER.",
                "202",
                Map.of("404", "There is no schedule of this name."));
        add(
                "GET /mlx/api/me",
                "Who is asking",
                "The user's name and roles, and the CSRF token that a browser sends with every change. Needs VIEWER.",
                "200",
                Map.of());
        add("GET /mlx/api/openapi.json", "This description", "Needs VIEWER.", "200", Map.of());
    }

    private static Map<String, String> unknownDataset() {
        return Map.of("404", "There is no dataset of this name.");
    }

    private static Map<String, String> unknownVersion() {
        return Map.of("404", "There is no such dataset or version.");
    }

    private static Map<String, String> unknownRun() {
        return Map.of("404", "There is no run of this id.");
    }

    private static void add(
            String operation, String summary, String description, String ok, Map<String, String> problems) {
        WORDS.put(operation, new Words(summary, description, ok, problems));
    }

    static @Nullable Words of(String method, String path) {
        return WORDS.get(method + " " + path);
    }

    static List<String> all() {
        return List.copyOf(WORDS.keySet());
    }
}
