package org.mlxspring.autoconfigure.erasure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface ErasureRepository extends Repository<ErasureEntity, Long> {

    ErasureEntity saveAndFlush(ErasureEntity erasure);

    Optional<ErasureEntity> findById(long id);

    @Query("""
            select e from MlxErasure e
            where (:state is null or e.state = :state)
              and (:cause is null or e.cause = :cause)""")
    Page<ErasureEntity> find(
            @Param("state") @Nullable ErasureState state, @Param("cause") @Nullable ErasureCause cause, Pageable page);
}
