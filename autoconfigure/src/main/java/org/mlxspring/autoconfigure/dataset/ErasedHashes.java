package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keyed hashes of what was erased: of the content of rows, of their ids in their source, of subjects. Imports ask it what
 * to keep out; without the dataset's key nobody can tell what a hash stands for.
 */
public class ErasedHashes {

    private final JdbcClient jdbc;

    ErasedHashes(MlxDatabase database) {
        jdbc = database.jdbc();
    }

    /** What a hash is of. */
    private enum Kind {
        /** A row's canonical JSON. */
        FINGERPRINT,
        /** A row's id in its source. */
        EXTERNAL_KEY,
        /** A subject's key. */
        SUBJECT
    }

    /** Remembers a subject, whose rows are to stay out from now on. */
    public void addSubject(long datasetId, byte[] subject, long erasure) {
        jdbc.sql("""
                        insert into mlx_erased_hashes (dataset_id, kind, hash, erasure_id)
                        select d.id, 'SUBJECT', cast(:hash as bytea), :erasure from mlx_datasets d
                        where d.id = :dataset and not exists (
                            select 1 from mlx_erased_hashes e
                            where e.dataset_id = :dataset and e.kind = 'SUBJECT' and e.hash = :hash
                              and e.erasure_id = :erasure)""")
                .param("dataset", datasetId)
                .param("hash", subject)
                .param("erasure", erasure)
                .update();
    }

    /** Remembers the content of rows that are still there. */
    public void addContents(long datasetId, Collection<Long> ids, long erasure) {
        add(datasetId, ids, erasure, Kind.FINGERPRINT, "fingerprint");
    }

    /** Remembers the ids that rows, which are still there, have in their source: whatever they may hold by then. */
    public void addKeys(long datasetId, Collection<Long> ids, long erasure) {
        add(datasetId, ids, erasure, Kind.EXTERNAL_KEY, "external_key");
    }

    private void add(long datasetId, Collection<Long> ids, long erasure, Kind kind, String column) {
        jdbc.sql("""
                        insert into mlx_erased_hashes (dataset_id, kind, hash, erasure_id)
                        select distinct r.dataset_id, '%1$s', r.%2$s, cast(:erasure as bigint) from mlx_rows r
                        where r.dataset_id = :dataset and r.id in (:ids) and r.%2$s is not null and not exists (
                            select 1 from mlx_erased_hashes e
                            where e.dataset_id = r.dataset_id and e.kind = '%1$s' and e.hash = r.%2$s
                              and e.erasure_id = :erasure)""".formatted(kind, column))
                .param("dataset", datasetId)
                .param("ids", ids)
                .param("erasure", erasure)
                .update();
    }

    /**
     * Forgets all that an erasure remembered; what another one remembers as well stays out.
     *
     * @return how many hashes that were
     */
    public int forget(long erasure) {
        return jdbc.sql("delete from mlx_erased_hashes where erasure_id = ?")
                .param(erasure)
                .update();
    }

    /** The rows of an import without those of which anything was erased before. */
    List<Incoming> without(long datasetId, List<Incoming> rows) {
        boolean any = jdbc.sql("select 1 from mlx_erased_hashes where dataset_id = ? fetch first 1 rows only")
                .param(datasetId)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!any) {
            return rows;
        }
        Set<ByteBuffer> contents =
                erased(datasetId, Kind.FINGERPRINT, rows.stream().map(Incoming::fingerprint));
        Set<ByteBuffer> keys = erased(
                datasetId, Kind.EXTERNAL_KEY, rows.stream().map(Incoming::key).flatMap(Optional::stream));
        Set<ByteBuffer> subjects = erased(
                datasetId, Kind.SUBJECT, rows.stream().map(Incoming::subject).flatMap(Optional::stream));
        return rows.stream()
                .filter(row -> !contents.contains(row.fingerprint())
                        && row.key().filter(keys::contains).isEmpty()
                        && row.subject().filter(subjects::contains).isEmpty())
                .toList();
    }

    private Set<ByteBuffer> erased(long datasetId, Kind kind, Stream<ByteBuffer> hashes) {
        List<byte[]> asked = hashes.distinct().map(ByteBuffer::array).toList();
        if (asked.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        select hash from mlx_erased_hashes
                        where dataset_id = :dataset and kind = :kind and hash in (:hashes)""")
                .param("dataset", datasetId)
                .param("kind", kind.name())
                .param("hashes", asked)
                .query((row, number) -> ByteBuffer.wrap(row.getBytes(1)))
                .list());
    }

    /** How many rows are there although something of them was erased; 0 unless an import and an erasure met. */
    public long cameBack(long datasetId) {
        return jdbc.sql("""
                        select count(*) from mlx_rows r where r.dataset_id = :dataset and exists (
                            select 1 from mlx_erased_hashes e where e.dataset_id = :dataset and (
                                e.kind = 'FINGERPRINT' and e.hash = r.fingerprint
                                or e.kind = 'EXTERNAL_KEY' and e.hash = r.external_key
                                or e.kind = 'SUBJECT' and e.hash = r.subject))""").param("dataset", datasetId).query(Long.class).single();
    }
}
