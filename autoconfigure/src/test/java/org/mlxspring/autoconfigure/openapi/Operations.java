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
        add(
                "POST /mlx/api/datasets/{name}/imports",
                "Import a file",
                "The body is the file: JSON lines, CSV, plain text, Markdown, or a zip of such files; it is read as it"
                        + " arrives and kept sealed until its rows are in. `mode` is `replace` (the file is the whole"
                        + " content) or `append`; `columns` says where to find what, as"
                        + " `prompt:question,completion:answer,id:ticket,subject:customer`; `skip-limit` how many rows"
                        + " may be refused, as a number or a share; `split` puts all rows into one split; `wait` answers"
                        + " at the end of the import. Imports of one dataset run one after the other. Needs TRAINER.",
                "202",
                Map.of(
                        "413",
                        "The file is larger than `mlx.datasets.max-upload`.",
                        "422",
                        "The name or a parameter is wrong; nothing was stored."));
        add(
                "GET /mlx/api/datasets/{name}/imports",
                "List the imports of a dataset",
                "The newest first. Needs VIEWER.",
                "200",
                Map.of());
        add("GET /mlx/api/datasets/{name}/imports/{id}", "Read an import", "Needs VIEWER.", "200", unknownImport());
        add(
                "GET /mlx/api/datasets/{name}/imports/{id}/refused",
                "List the rows that an import refused",
                "Where they stand and why, in the order they were read; without their text. Needs VIEWER.",
                "200",
                unknownImport());
        add(
                "GET /mlx/api/datasets/{name}/rows/refused/{id}/{row}",
                "Read a row that an import refused",
                "With its text, which the audit log notes. Needs READ_ROWS.",
                "200",
                Map.of("404", "There is no import or refused row of this id."));
        add(
                "POST /mlx/api/datasets/{name}/imports/{id}/stop",
                "Stop an import",
                "It ends behind the rows it is storing. Needs TRAINER.",
                "202",
                Map.of("404", "There is no import of this id.", "409", "The import is over."));
        add(
                "POST /mlx/api/datasets/{name}/imports/{id}/restart",
                "Restart an import",
                "Queues an import that failed or was stopped; it goes on behind the last rows that were stored. Needs"
                        + " TRAINER.",
                "202",
                Map.of("404", "There is no import of this id.", "409", "The import is neither FAILED nor STOPPED."));
        add(
                "POST /mlx/api/datasets/{name}/rows",
                "Add rows",
                "A JSON object, or a list of at most 1,000, on top of what is there; answered when they are in. `columns`"
                        + " is as for an import. Needs TRAINER.",
                "201",
                Map.of("422", "A row is unusable; `line` says which of them and `detail` why. None was stored."));
        add(
                "POST /mlx/api/datasets/{name}/sources/{source}/imports",
                "Import a source now",
                "Reads a source of the properties or the application from where its last import ended; `wait` answers at"
                        + " the end of the import. Needs TRAINER.",
                "202",
                Map.of("404", "There is no such source for this dataset."));
        add(
                "GET /mlx/api/datasets/sources",
                "List sources",
                "With the newest import of each. Needs VIEWER.",
                "200",
                Map.of());
        add(
                "POST /mlx/api/datasets/preview",
                "Preview a file",
                "Shows the first 20 rows as the base model `model` will see them: chat template rendered, tokens counted,"
                        + " what is learned marked, personal data and secrets replaced; and the rows that are refused. The"
                        + " body and `columns` are those of an import; `loss-mask` and `max-seq-length` are as in a run's"
                        + " settings. Nothing is stored. Needs TRAINER.",
                "200",
                Map.of(
                        "404",
                        "There is no such model.",
                        "422",
                        "The file cannot be read, or a parameter is wrong."));
        add("GET /mlx/api/datasets", "List datasets", "By name. Needs VIEWER.", "200", Map.of());
        add(
                "GET /mlx/api/datasets/{name}/versions",
                "List the versions of a dataset",
                "The newest first. Needs VIEWER.",
                "200",
                Map.of("404", "There is no dataset of this name."));
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

    private static Map<String, String> unknownImport() {
        return Map.of("404", "The dataset has no import of this id.");
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
