package org.mlxspring.autoconfigure.model;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity(name = "MlxModelVersion")
@Table(name = "mlx_model_versions")
class ModelVersionEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String model = "";
    private int version;
    private String runId = "";
    private String path = "";
    private String adapterPath = "";
    private double loss;
    private double exactMatch;
    private Instant since = Instant.EPOCH;
    private @Nullable Instant withdrawnAt;
    private @Nullable String withdrawnReason;

    protected ModelVersionEntity() {}

    ModelVersionEntity(int version, NewVersion fused, Instant since) {
        this.model = fused.model();
        this.version = version;
        this.runId = fused.run();
        this.path = fused.path().toString();
        this.adapterPath = fused.adapter().toString();
        this.loss = fused.loss();
        this.exactMatch = fused.exactMatch();
        this.since = since;
    }

    int version() {
        return version;
    }

    boolean withdrawn() {
        return withdrawnAt != null;
    }

    void withdraw(Instant at, String reason) {
        withdrawnAt = at;
        withdrawnReason = reason;
    }

    ModelVersionView view() {
        return new ModelVersionView(version, runId, path, loss, exactMatch, since, withdrawnAt, withdrawnReason);
    }

    Champion asChampion() {
        return new Champion(version, Path.of(adapterPath));
    }
}
