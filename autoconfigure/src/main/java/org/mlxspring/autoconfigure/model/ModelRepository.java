package org.mlxspring.autoconfigure.model;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface ModelRepository extends Repository<ModelEntity, String> {

    ModelEntity saveAndFlush(ModelEntity model);

    boolean existsById(String name);

    Optional<ModelEntity> findById(String name);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from MlxModel m where m.name = :name")
    Optional<ModelEntity> lock(@Param("name") String name);
}
