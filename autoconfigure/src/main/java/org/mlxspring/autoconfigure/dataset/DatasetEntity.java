package org.mlxspring.autoconfigure.dataset;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Entity(name = "MlxDataset")
@Table(name = "mlx_datasets")
class DatasetEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name = "";
    private String description = "";
    private Instant createdAt = Instant.EPOCH;

    protected DatasetEntity() {}

    DatasetEntity(String name, Instant createdAt) {
        this.name = name;
        this.createdAt = createdAt;
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    String name() {
        return name;
    }
}
