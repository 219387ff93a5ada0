package org.mlxspring.autoconfigure.check;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.mlxspring.engine.data.Split;

/**
 * One examination of a version: takes what was seen in each row, then compares all of them. Memory grows by 37 bytes per
 * row; what is larger lies in a {@link SignatureFile}.
 */
final class VersionExamination implements AutoCloseable {

    private final CheckProperties properties;
    private final Findings findings;
    private final ComparedRows table = new ComparedRows();
    private final SignatureFile signatures;
    private final Lengths lengths = new Lengths();
    private final ScriptCount scripts = new ScriptCount();
    private final Map<Split, Integer> counts = new EnumMap<>(Split.class);

    /** @param temporary folder of temporary files */
    VersionExamination(CheckProperties properties, Path temporary) {
        this.properties = properties;
        findings = new Findings(properties.off(), properties.maxFindings());
        signatures = new SignatureFile(temporary);
    }

    void add(Examined examined) {
        scripts.add(examined.scripts());
        for (ExaminedRow row : examined.rows()) {
            RowHashes hashes = row.hashes();
            table.add(row.id(), row.split(), hashes.content(), hashes.prompt(), hashes.answer());
            signatures.add(row.signature());
            row.length().ifPresent(lengths::add);
            row.findings().forEach(findings);
            counts.merge(row.split(), 1, Integer::sum);
        }
    }

    /** Compares the rows with each other, when all were added. */
    void compare() {
        signatures.finish();
        Duplicates duplicates = new Duplicates(table);
        duplicates.find(findings);
        new NearDuplicates(table, signatures, duplicates, properties.nearDuplicateSimilarity()).find(findings);
        new LabelNoise(table).find(findings);
        requireRows(Split.TRAIN, properties.minTrainRows());
        requireRows(Split.VALID, properties.minValidRows());
        requireRows(Split.TEST, properties.minTestRows());
    }

    Findings findings() {
        return findings;
    }

    LengthHistogram lengths(LengthUnit unit) {
        return lengths.histogram(unit);
    }

    ScriptCount scripts() {
        return scripts;
    }

    int rows() {
        return table.size();
    }

    private void requireRows(Split split, int wanted) {
        int rows = counts.getOrDefault(split, 0);
        if (rows < wanted) {
            findings.accept(CheckFinding.ofVersion(
                    CheckName.TOO_FEW_ROWS,
                    split.label() + " has " + rows + " rows; at least " + wanted + " are wanted"));
        }
    }

    @Override
    public void close() {
        signatures.close();
    }
}
