package org.mlxspring.autoconfigure.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.host.Postgres;
import org.springframework.jdbc.core.JdbcTemplate;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** An erasure on PostgreSQL, down to the bytes of its files. */
@Testcontainers(disabledWithoutDocker = true)
class ErasurePostgresTest {

    @Container
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @Test
    void nothingOfTheRowsIsLeft(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        String[] own = Stream.concat(
                        Stream.of("mlx.models.judged.path=" + folder.resolve("home-model")),
                        Stream.of(ErasureStory.PROPERTIES))
                .toArray(String[]::new);
        try (Host host = Host.start(List.of(Host.Pretending.class), home, Postgres.properties(POSTGRES, own))) {
            ErasureStory story = new ErasureStory(host, home);
            Remains remains = story.tell();
            JdbcTemplate jdbc = new JdbcTemplate(host.context().getBean(DataSource.class));
            jdbc.execute("analyze");
            assertThat(jdbc.queryForList(
                            "select attname from pg_stats where tablename in ('mlx_rows', 'mlx_refused_rows')",
                            String.class))
                    .as("statistics have copies of values")
                    .contains("fingerprint")
                    .doesNotContain("content", "original");
            jdbc.execute("vacuum full mlx_rows");
            jdbc.execute("checkpoint");
            assertThat(remains.in(files(jdbc))).isEmpty();
            assertThat(story.others().in(files(jdbc)))
                    .as("the same search finds rows that are there")
                    .isNotEmpty();
        }
    }

    /** The files of all tables and indexes, with those of large values, as they lie on the database's disk. */
    private static Map<String, byte[]> files(JdbcTemplate jdbc) {
        Map<String, byte[]> files = new TreeMap<>();
        jdbc.query("""
                        select oid::regclass::text, pg_read_binary_file(pg_relation_filepath(oid)) from pg_class
                        where relkind in ('r', 'i', 't')
                          and relnamespace in ('public'::regnamespace, 'pg_toast'::regnamespace)
                          and pg_relation_filepath(oid) is not null""", row -> {
            files.put(row.getString(1), row.getBytes(2));
        });
        return files;
    }
}
