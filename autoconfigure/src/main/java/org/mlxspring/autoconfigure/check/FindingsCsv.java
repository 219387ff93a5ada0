package org.mlxspring.autoconfigure.check;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes findings as CSV (RFC 4180), with a header, one finding a line. */
final class FindingsCsv implements AutoCloseable {

    private final CsvWriter csv;
    private final Map<CheckName, Severity> severities;

    FindingsCsv(VersionReport report, Writer out) {
        csv = CsvWriter.builder().build(out);
        severities = report.checks().stream().collect(Collectors.toMap(CheckResult::check, CheckResult::severity));
        csv.writeRecord("check", "severity", "row", "other_row", "similarity", "detail");
    }

    void write(CheckFinding finding) {
        csv.writeRecord(
                finding.check().name(),
                severities.getOrDefault(finding.check(), Severity.WARNING).name(),
                id(finding.row()),
                id(finding.otherRow()),
                finding.similarity() == null ? "" : String.format(Locale.ROOT, "%.3f", finding.similarity()),
                finding.detail());
    }

    private static String id(@Nullable Long id) {
        return id == null ? "" : id.toString();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
