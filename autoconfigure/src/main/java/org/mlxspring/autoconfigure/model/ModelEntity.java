package org.mlxspring.autoconfigure.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity(name = "MlxModel")
@Table(name = "mlx_models")
class ModelEntity {

    @Id
    private String name = "";

    private @Nullable Integer champion;

    protected ModelEntity() {}

    ModelEntity(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Optional<Integer> champion() {
        return Optional.ofNullable(champion);
    }

    void promote(int version) {
        champion = version;
    }

    /** The base model itself serves again. */
    void stepDown() {
        champion = null;
    }
}
