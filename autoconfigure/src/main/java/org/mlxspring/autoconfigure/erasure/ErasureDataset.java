package org.mlxspring.autoconfigure.erasure;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A dataset of an erasure, for the list's filter; {@link ErasureRows} writes it. */
@Entity(name = "MlxErasureDataset")
@Table(name = "mlx_erasure_datasets")
@IdClass(ErasureDataset.Key.class)
@Immutable
class ErasureDataset {

    @Id
    private long erasureId;

    @Id
    private long datasetId;

    private String dataset = "";

    protected ErasureDataset() {}

    record Key(long erasureId, long datasetId) {}
}
