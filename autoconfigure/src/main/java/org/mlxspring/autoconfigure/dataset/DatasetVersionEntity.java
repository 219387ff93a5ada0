package org.mlxspring.autoconfigure.dataset;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity(name = "MlxDatasetVersion")
@Table(name = "mlx_dataset_versions")
class DatasetVersionEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.EAGER, optional = false)
    private @Nullable DatasetEntity dataset;

    private int version;
    private String hash = "";
    private int trainRows;
    private int validRows;
    private int testRows;

    @Enumerated(EnumType.STRING)
    private @Nullable RowKind kind;

    @Enumerated(EnumType.STRING)
    private VersionState state = VersionState.BUILDING;

    private String note = "";
    private int erasedRows;
    private @Nullable Long importId;
    private Instant createdAt = Instant.EPOCH;
    private String createdBy = "";

    protected DatasetVersionEntity() {}

    DatasetVersionEntity(
            DatasetEntity dataset,
            int version,
            String hash,
            RowKind kind,
            long importId,
            Instant createdAt,
            String createdBy) {
        this.dataset = dataset;
        this.version = version;
        this.hash = hash;
        this.kind = kind;
        this.importId = importId;
        this.createdAt = createdAt;
        this.createdBy = createdBy;
    }

    void count(int train, int valid, int test) {
        trainRows = train;
        validRows = valid;
        testRows = test;
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    int number() {
        return version;
    }

    DatasetVersion reference() {
        return new DatasetVersion(
                id(),
                Objects.requireNonNull(dataset).id(),
                dataset.name(),
                version,
                hash,
                trainRows,
                validRows,
                testRows,
                Optional.ofNullable(kind),
                state);
    }

    DatasetVersionView view() {
        return new DatasetVersionView(
                Objects.requireNonNull(dataset).name(),
                version,
                hash,
                trainRows,
                validRows,
                testRows,
                kind,
                createdAt,
                createdBy);
    }
}
