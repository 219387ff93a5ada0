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
                "The newest first; `state` and `source` choose. Needs VIEWER.",
                "200",
                unknownDataset());
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
                Map.of("404", "There is no such model.", "422", "The file cannot be read, or a parameter is wrong."));
        add("GET /mlx/api/datasets", "List datasets", "By name. Needs VIEWER.", "200", Map.of());
        add(
                "GET /mlx/api/datasets/{name}/versions",
                "List the versions of a dataset",
                "The newest first; `state` chooses. Needs VIEWER.",
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
                "GET /mlx/api/datasets/{name}/versions/{version}/report",
                "Read the report of a version",
                "What the checks found, in counts. With `format=csv` the answer is a file of `text/csv` with the findings"
                        + " that were kept, one a line. Nothing of a row's text is in either. Needs VIEWER.",
                "200",
                Map.of("404", "There is no such dataset or version, or it was not checked."));
        add(
                "GET /mlx/api/datasets/{name}/versions/{version}/findings",
                "List the findings of a version",
                "Check by check, those that were kept; `check` and `row` choose. Needs VIEWER.",
                "200",
                Map.of("404", "There is no such dataset or version."));
        add(
                "POST /mlx/api/datasets/{name}/versions/{version}/release",
                "Release a blocked version",
                "Lets runs use a version although a check blocks it. Who did it and why is in the report and in the audit"
                        + " log. Needs ADMIN.",
                "200",
                Map.of(
                        "404",
                        "There is no such dataset or version.",
                        "409",
                        "The version is not blocked.",
                        "422",
                        "The reason is missing or too long."));
        add(
                "POST /mlx/api/redaction/try",
                "Try the redaction on a text",
                "Answers with the text as an import would store it, and with what was found in it. Offsets count UTF-16"
                        + " units, as strings of Java and JavaScript do. The text is neither stored nor logged; the audit"
                        + " log says who tried, and how many findings of each type there were. Needs TRAINER.",
                "200",
                Map.of(
                        "400",
                        "The request is not a JSON object of these fields.",
                        "404",
                        "There is no dataset of this name.",
                        "422",
                        "The text is missing, or longer than 1,000,000 bytes."));
        add(
                "POST /mlx/api/runs",
                "Start a run",
                "Stores the run and queues it; the next free instance takes it up. The answer's `Location` is the"
                        + " run's address. Needs TRAINER.",
                "202",
                Map.of(
                        "404",
                        "There is no such model or dataset.",
                        "409",
                        "The checks block the dataset version; `checks` has their counts and `report` the address of the"
                                + " report.",
                        "422",
                        "A setting is wrong; `setting` names it, `detail` says what would be right. Or the base model"
                                + " cannot be used, as a GGUF file or of an unknown family; `property` names it."));
        add(
                "GET /mlx/api/runs",
                "List runs",
                "The newest first; `state`, `model` and `dataset` choose. Needs VIEWER.",
                "200",
                Map.of());
        add("GET /mlx/api/runs/{id}", "Read a run", "Needs VIEWER.", "200", unknownRun());
        add(
                "GET /mlx/api/runs/{id}/metrics",
                "Read the metrics of a run",
                "In the order of the reports; `after` leaves out those that are known. Needs VIEWER.",
                "200",
                unknownRun());
        add(
                "GET /mlx/api/runs/{id}/answers",
                "Read the answers of an evaluation",
                "What the base model, the champion and the candidate answered to held-out rows, beside the rows, in the order of"
                        + " the test split, page by page. Empty"
                        + " before the run was judged, and once the answers were removed. Every call is in the audit log."
                        + " Needs the right to read rows.",
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
                "As it would run by itself, and besides that: the sources of its dataset are imported first, and waited for."
                        + " Needs TRAINER.",
                "202",
                Map.of(
                        "404",
                        "There is no schedule of this name, or its dataset has no version yet.",
                        "409",
                        "An import of a source did not succeed; `import` is its id."));
        add(
                "GET /mlx/api/runs/{id}/lineage",
                "Where a run's adapter comes from",
                "The dataset version and the imports of its rows, the base model with its hash, the settings, and who"
                        + " started it; and the fused models of the adapter. Needs VIEWER.",
                "200",
                unknownRun());
        add(
                "GET /mlx/api/runs/{id}/lineage/rows",
                "List the rows of a run's adapter",
                "Ids, without text, in their order; those that are there now. Needs VIEWER.",
                "200",
                unknownRun());
        add(
                "GET /mlx/api/models/{model}/versions/{version}/lineage",
                "Where a fused model comes from",
                "As the lineage of the run that made it. Needs VIEWER.",
                "200",
                Map.of("404", "There is no such version."));
        add(
                "GET /mlx/api/datasets/{name}/rows/{id}/lineage",
                "Where a row went",
                "The versions that hold it, their token stores, and the runs, adapters and fused models on them; without its"
                        + " text, and also after its erasure. Needs VIEWER.",
                "200",
                Map.of("404", "The dataset never had such a row."));
        add(
                "POST /mlx/api/erasures",
                "Erase rows",
                "Rows of a dataset by id, or all rows of a subject. The answer's `Location` is the address of the report,"
                        + " which grows until the erasure is `DONE`. Needs ERASE_ROWS.",
                "202",
                Map.of(
                        "404",
                        "There is no such dataset, or it has not all of the rows; `rows` names up to 20 of them.",
                        "422",
                        "Neither rows nor a subject is named, or both, or the reason is missing; `field` names it."));
        add(
                "POST /mlx/api/erasures/lift",
                "Lift what erasures keep out",
                "All that one `erasure` keeps out of imports, or all that the erasures of a `subject` do. It brings nothing"
                        + " back; the next import may bring the rows again. Needs ERASE_ROWS.",
                "200",
                Map.of(
                        "404",
                        "There is no such erasure, or none was asked for by this subject.",
                        "409",
                        "An erasure is not done yet, or none of them keeps anything out.",
                        "422",
                        "Neither an erasure nor a subject is named, or both, or the reason is missing; `field` names it."));
        add(
                "GET /mlx/api/erasures",
                "List erasures",
                "The newest first; `state`, `cause` and `dataset` choose. Needs VIEWER.",
                "200",
                Map.of());
        add(
                "GET /mlx/api/erasures/{id}",
                "Read an erasure and its report",
                "What was removed where, what was looked at in the end, and which adapters learned from the rows. Needs"
                        + " VIEWER.",
                "200",
                Map.of("404", "There is no erasure of this id."));
        add(
                "GET /mlx/api/datasets/{name}/retention",
                "Read how long a dataset is kept",
                "What was set for it; null stands for what the properties say. Needs VIEWER.",
                "200",
                Map.of("404", "There is no dataset of this name."));
        add(
                "PUT /mlx/api/datasets/{name}/retention",
                "Set how long a dataset is kept",
                "From the next clean-up on. Needs ADMIN.",
                "200",
                Map.of(
                        "404",
                        "There is no dataset of this name.",
                        "422",
                        "A number is less than 1; `field` names it."));
        add(
                "POST /mlx/api/clean-ups",
                "Clean up now",
                "Removes what was kept long enough; with `dry=true`, only says what it would remove. The answer's"
                        + " `Location` is the address of the report. Needs ADMIN.",
                "202",
                Map.of());
        add("GET /mlx/api/clean-ups", "List clean-ups", "The newest first. Needs VIEWER.", "200", Map.of());
        add(
                "GET /mlx/api/clean-ups/{id}",
                "Read what a clean-up removed",
                "Needs VIEWER.",
                "200",
                Map.of("404", "There is no clean-up of this id."));
        add(
                "GET /mlx/api/audit",
                "Read the audit log",
                "The newest lines first; `actor`, `action`, `dataset`, `row`, `from` and `to` choose. Needs ADMIN.",
                "200",
                Map.of("400", "A time, number or action cannot be read."));
        add(
                "GET /mlx/api/me",
                "Who is asking",
                "The user's name, roles and rights, and the CSRF token that a browser sends with every change. Needs VIEWER.",
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
