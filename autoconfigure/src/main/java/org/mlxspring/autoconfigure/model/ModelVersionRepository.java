package org.mlxspring.autoconfigure.model;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ModelVersionRepository extends Repository<ModelVersionEntity, Long> {

    ModelVersionEntity saveAndFlush(ModelVersionEntity version);

    List<ModelVersionEntity> findByModelOrderByVersionDesc(String model);

    Optional<ModelVersionEntity> findFirstByModelOrderByVersionDesc(String model);

    Optional<ModelVersionEntity> findByModelAndVersion(String model, int version);

    Optional<ModelVersionEntity> findByModelAndRunId(String model, String runId);
}
