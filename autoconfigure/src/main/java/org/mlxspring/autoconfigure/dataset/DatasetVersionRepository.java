package org.mlxspring.autoconfigure.dataset;

import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

interface DatasetVersionRepository extends Repository<DatasetVersionEntity, Long> {

    DatasetVersionEntity saveAndFlush(DatasetVersionEntity version);

    Optional<DatasetVersionEntity> findById(long id);

    Optional<DatasetVersionEntity> findFirstByDatasetIdAndHashAndStateNotOrderByVersionDesc(
            long datasetId, String hash, VersionState state);

    Optional<DatasetVersionEntity> findFirstByDatasetIdOrderByVersionDesc(long datasetId);

    Optional<DatasetVersionEntity> findByDatasetNameAndVersion(String name, int version);

    Optional<DatasetVersionEntity> findFirstByDatasetNameOrderByVersionDesc(String name);

    Optional<DatasetVersionEntity> findFirstByDatasetNameAndStateNotOrderByVersionDesc(String name, VersionState state);

    Page<DatasetVersionEntity> findByDatasetName(String name, Pageable page);

    Page<DatasetVersionEntity> findByDatasetNameAndState(String name, VersionState state, Pageable page);
}
