package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.files.DurableFile;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code check.json}: how far results are from base and adapter, for whoever finds them later. */
final class CheckFile {

    static final String NAME = "check.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CheckFile() {}

    static void write(Path file, List<CheckReport> reports) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        for (CheckReport report : reports) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("rows_file", report.rowsFile());
            values.put("rows", report.rows());
            values.put("tokens", report.tokens());
            values.put("mean_kl", report.meanKl());
            values.put("equal_argmax", report.equalArgmax());
            values.put("max_kl", report.maxKl());
            content.put(report.result(), values);
        }
        DurableFile.write(file, JSON.writeValueAsString(content) + "\n");
    }
}
