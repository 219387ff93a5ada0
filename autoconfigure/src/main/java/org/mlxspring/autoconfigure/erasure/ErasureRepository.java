package org.mlxspring.autoconfigure.erasure;

import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.repository.Repository;

interface ErasureRepository extends Repository<ErasureEntity, Long> {

    ErasureEntity saveAndFlush(ErasureEntity erasure);

    Optional<ErasureEntity> findById(long id);

    Page<ErasureEntity> findAll(Specification<ErasureEntity> wanted, Pageable page);
}
