package org.mlxspring.autoconfigure.retention;

import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

interface CleanUpRepository extends Repository<CleanUpEntity, Long> {

    CleanUpEntity saveAndFlush(CleanUpEntity cleanUp);

    Optional<CleanUpEntity> findById(long id);

    Page<CleanUpEntity> findAll(Pageable page);
}
