package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names for versions of a dataset; a tag is on one version at a time and may be moved. */
final class Tags {

    private final JdbcClient jdbc;

    Tags(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All tags of a dataset by name. */
    List<TagView> of(long datasetId) {
        return jdbc.sql("select tag, version, created_at, created_by from mlx_dataset_tags where dataset_id = ?"
                        + " order by tag")
                .param(datasetId)
                .query((row, index) -> new TagView(
                        row.getString(1),
                        row.getInt(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4)))
                .list();
    }

    void put(long datasetId, String tag, int version, String user) {
        UsableName.rule(tag).ifPresent(rule -> {
            throw ProblemException.invalid("Unusable tag", "A tag " + rule + ".", Map.of("field", "tag"));
        });
        OffsetDateTime now = Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from mlx_dataset_tags where dataset_id = ? and tag = ?")
                .params(datasetId, tag)
                .update();
        jdbc.sql("insert into mlx_dataset_tags (dataset_id, tag, version, created_at, created_by)"
                        + " values (?, ?, ?, ?, ?)")
                .params(datasetId, tag, version, now, user)
                .update();
    }

    /** @throws ProblemException if there is no such tag */
    void remove(long datasetId, String tag) {
        int removed = jdbc.sql("delete from mlx_dataset_tags where dataset_id = ? and tag = ?")
                .params(datasetId, tag)
                .update();
        if (removed == 0) {
            List<String> known = of(datasetId).stream().map(TagView::tag).toList();
            throw ProblemException.notFound(
                    "Unknown tag", "There is no tag '" + tag + "'; there are " + known + ".", Map.of("tags", known));
        }
    }
}
