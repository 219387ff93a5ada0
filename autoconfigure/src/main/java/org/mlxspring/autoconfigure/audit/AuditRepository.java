package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface AuditRepository extends Repository<AuditEntity, Long> {

    AuditEntity save(AuditEntity line);

    Page<AuditEntity> findAll(Specification<AuditEntity> wanted, Pageable page);

    long countByAtBefore(Instant limit);

    /** The only way a line leaves the log. */
    @Modifying
    @Query("delete from MlxAudit a where a.at < :limit")
    int deleteBefore(@Param("limit") Instant limit);
}
