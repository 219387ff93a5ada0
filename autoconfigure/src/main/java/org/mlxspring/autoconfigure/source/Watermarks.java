package org.mlxspring.autoconfigure.source;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each source was read; moved on only by an import that was finished, in its transaction. */
final class Watermarks {

    private final JdbcClient jdbc;

    Watermarks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> of(String source, String dataset) {
        return jdbc.sql("select watermark from mlx_source_watermarks where source = :source and dataset = :dataset")
                .param("source", source)
                .param("dataset", dataset)
                .query(String.class)
                .optional();
    }

    void set(String source, String dataset, String watermark, long importId) {
        Object now = Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        int changed = jdbc.sql("""
                        update mlx_source_watermarks set watermark = :watermark, import_id = :import, since = :now
                        where source = :source and dataset = :dataset""")
                .param("watermark", watermark)
                .param("import", importId)
                .param("now", now)
                .param("source", source)
                .param("dataset", dataset)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into mlx_source_watermarks values (:source, :dataset, :watermark, :import, :now)")
                    .param("source", source)
                    .param("dataset", dataset)
                    .param("watermark", watermark)
                    .param("import", importId)
                    .param("now", now)
                    .update();
        }
    }
}
