package org.mlxspring.autoconfigure.prepare;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.engine.data.RowCounts;

@Entity(name = "MlxTokenStore")
@Table(name = "mlx_token_stores")
class TokenStoreEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private long datasetId;
    private long versionId;
    private String storeKey = "";
    private String path = "";
    private long rowCount;
    private long tokenCount;
    private long cutRows;
    private long rowsWithoutTargets;
    private @Nullable Instant madeAt;
    private Instant lastUsed = Instant.EPOCH;

    protected TokenStoreEntity() {}

    /** @param path relative to the home folder, so that it can be moved */
    TokenStoreEntity(DatasetVersion version, String storeKey, String path) {
        this.datasetId = version.datasetId();
        this.versionId = version.id();
        this.storeKey = storeKey;
        this.path = path;
        used();
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    boolean isMade() {
        return madeAt != null;
    }

    void made(RowCounts counts) {
        rowCount = counts.examples();
        tokenCount = counts.tokens();
        cutRows = counts.cut();
        rowsWithoutTargets = counts.withoutTargets();
        madeAt = now();
    }

    void used() {
        lastUsed = now();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    PreparedStore view(Path home) {
        return new PreparedStore(
                id(),
                datasetId,
                versionId,
                home.resolve(path),
                new RowCounts(rowCount, tokenCount, cutRows, rowsWithoutTargets),
                Optional.ofNullable(madeAt),
                lastUsed);
    }
}
