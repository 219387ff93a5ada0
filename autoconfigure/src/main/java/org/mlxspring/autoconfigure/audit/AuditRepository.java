package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface AuditRepository extends Repository<AuditEntity, Long> {

    AuditEntity save(AuditEntity line);

    @Query("""
            select a from MlxAudit a
            where (:actor is null or a.actor = :actor)
              and (:action is null or a.action = :action)
              and (:dataset is null or a.dataset = :dataset)
              and (:row is null or a.rowId = :row)
              and a.at >= :from and a.at < :to""")
    Page<AuditEntity> find(
            @Param("actor") @Nullable String actor,
            @Param("action") @Nullable AuditAction action,
            @Param("dataset") @Nullable String dataset,
            @Param("row") @Nullable Long row,
            @Param("from") Instant from,
            @Param("to") Instant to,
            Pageable page);

    long countByAtBefore(Instant limit);

    /** The only way a line leaves the log. */
    @Modifying
    @Query("delete from MlxAudit a where a.at < :limit")
    int deleteBefore(@Param("limit") Instant limit);
}
