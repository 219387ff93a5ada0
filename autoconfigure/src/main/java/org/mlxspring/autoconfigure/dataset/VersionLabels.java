package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What people write on datasets and their versions: descriptions, notes and tags. Every change is in the audit log. */
public class VersionLabels {

    private static final int LONGEST = 2000;

    private final TransactionOperations transactions;
    private final JdbcClient jdbc;
    private final DatasetNames names;
    private final Datasets datasets;
    private final Tags tags;
    private final AuditLog audit;

    VersionLabels(MlxDatabase database, Datasets datasets, AuditLog audit) {
        transactions = database.transactions();
        jdbc = database.jdbc();
        names = new DatasetNames(database);
        tags = new Tags(jdbc);
        this.datasets = datasets;
        this.audit = audit;
    }

    /**
     * Says what a dataset is.
     *
     * @throws ProblemException if there is no such dataset, or the text is missing or too long
     */
    public void describe(String dataset, @Nullable String description, String user) {
        String text = required("description", description);
        long id = names.get(dataset).id();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("update mlx_datasets set description = ? where id = ?")
                    .params(text, id)
                    .update();
            audit.record(entry(user, AuditAction.DATASET_CHANGED, dataset, Optional.empty(), "description changed"));
        });
    }

    /**
     * Says what there is to know about a version.
     *
     * @throws ProblemException if there is no such version, or the text is missing or too long
     */
    public void note(String dataset, int version, @Nullable String note, String user) {
        String text = required("note", note);
        long id = datasets.resolve(dataset, Optional.of(version)).id();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("update mlx_dataset_versions set note = ? where id = ?")
                    .params(text, id)
                    .update();
            audit.record(entry(user, AuditAction.VERSION_CHANGED, dataset, Optional.of(version), "note changed"));
        });
    }

    /** The tags of a dataset by name. */
    public List<TagView> tags(String dataset) {
        return tags.of(names.get(dataset).id());
    }

    /**
     * Puts a tag on a version, and takes it off the one it was on.
     *
     * @throws ProblemException if there is no such version, or the tag is unusable
     */
    public TagView tag(String dataset, String tag, int version, String user) {
        long id = datasets.resolve(dataset, Optional.of(version)).datasetId();
        transactions.executeWithoutResult(status -> {
            tags.put(id, tag, version, user);
            audit.record(
                    entry(user, AuditAction.VERSION_CHANGED, dataset, Optional.of(version), "tag '" + tag + "' put"));
        });
        return tags.of(id).stream()
                .filter(each -> each.tag().equals(tag))
                .findFirst()
                .orElseThrow();
    }

    /** @throws ProblemException if there is no such dataset or tag */
    public void removeTag(String dataset, String tag, String user) {
        long id = names.get(dataset).id();
        transactions.executeWithoutResult(status -> {
            tags.remove(id, tag);
            audit.record(
                    entry(user, AuditAction.VERSION_CHANGED, dataset, Optional.empty(), "tag '" + tag + "' removed"));
        });
    }

    private static AuditEntry entry(
            String user, AuditAction action, String dataset, Optional<Integer> version, String detail) {
        return new AuditEntry(user, action, dataset, version, Optional.empty(), 0, detail);
    }

    private static String required(String field, @Nullable String text) {
        if (text == null) {
            throw ProblemException.invalid(
                    "Missing field",
                    "The field '" + field + "' is missing; an empty text removes what is there.",
                    Map.of("field", field));
        }
        if (text.length() > LONGEST) {
            throw ProblemException.invalid(
                    "Too long",
                    "The " + field + " has " + text.length() + " characters; it has at most " + LONGEST + ".",
                    Map.of("field", field));
        }
        return text;
    }
}
