package org.mlxspring.autoconfigure.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.files.FileKey;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What models answered to held-out rows when a run was judged. Answers are text of rows: they lie in a file that is sealed
 * under a key of their dataset, every reading is in the audit log, and an erasure in their version removes them.
 */
public class RunAnswers {

    private static final String LABEL = "answers";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

    private final Runs runs;
    private final Datasets datasets;
    private final DatasetRows rows;
    private final RunFolders folders;
    private final Keyring keyring;
    private final AuditLog audit;

    RunAnswers(Runs runs, Datasets datasets, DatasetRows rows, RunFolders folders, Keyring keyring, AuditLog audit) {
        this.runs = runs;
        this.datasets = datasets;
        this.rows = rows;
        this.folders = folders;
        this.keyring = keyring;
        this.audit = audit;
    }

    /** One line of the file that the engine writes. */
    private record Line(
            int row, String expected, Map<String, String> answers, Map<String, Map<String, Double>> scores) {}

    /**
     * The rows that were answered, page by page, in the order of the test split.
     *
     * @param reader who reads them
     * @param page which of them; its sort is not looked at
     * @return empty where nothing was answered, the run was not judged yet, or its answers were removed
     * @throws ProblemException if there is no such run
     */
    public Page<AnsweredRow> read(String run, String reader, Pageable page) {
        RunView view = runs.get(run);
        DatasetVersion version = datasets.resolve(view.dataset(), Optional.of(view.datasetVersion()));
        RowFile file = file(run, version);
        if (!Files.isRegularFile(file.path())) {
            return Page.empty(page);
        }
        List<String> all = lines(file);
        List<Line> lines = all.stream()
                .skip(page.getOffset())
                .limit(page.getPageSize())
                .map(line -> JSON.readValue(line, Line.class))
                .toList();
        int last = lines.stream().mapToInt(Line::row).max().orElse(0);
        List<StoredRow> asked = rows.page(version.id(), Split.TEST, 0, last);
        List<AnsweredRow> answered = new ArrayList<>();
        for (Line line : lines) {
            StoredRow row = asked.get(line.row() - 1);
            answered.add(new AnsweredRow(
                    row.id(), JSON.readValue(row.json(), ROW), line.expected(), line.answers(), line.scores()));
        }
        audit.record(new AuditEntry(
                reader,
                AuditAction.ROWS_READ,
                version.dataset(),
                Optional.of(version.version()),
                Optional.empty(),
                answered.size(),
                "answers of run " + run));
        return new PageImpl<>(answered, page, all.size());
    }

    /** Where the answers of a run are, and what opens them. */
    RowFile file(String run, DatasetVersion version) {
        FileKey key = FileKey.of(keyring.of(version.datasetId()).derived(LABEL));
        return new RowFile(folders.answers(run), Optional.of(key));
    }

    private static List<String> lines(RowFile file) {
        try {
            return file.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The answers in " + file.path() + " could not be read: " + e.getMessage(), e);
        }
    }
}
