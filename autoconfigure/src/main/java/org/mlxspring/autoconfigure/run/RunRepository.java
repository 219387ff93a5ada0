package org.mlxspring.autoconfigure.run;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface RunRepository extends Repository<RunEntity, String> {

    RunEntity saveAndFlush(RunEntity run);

    Optional<RunEntity> findById(String id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from MlxRun r where r.id = :id")
    Optional<RunEntity> lock(@Param("id") String id);

    Page<RunEntity> findAll(Specification<RunEntity> wanted, Pageable page);

    Optional<RunEntity> findFirstByModelAndDatasetAndDatasetVersionIdAndTrainedTrueOrderByCreatedAtDesc(
            String model, String dataset, long datasetVersionId);

    Optional<RunEntity> findFirstByModelAndDatasetAndDatasetVersionIdAndDecisionOrderByCreatedAtDesc(
            String model, String dataset, long datasetVersionId, Decision decision);

    Optional<RunEntity> findFirstByScheduleOrderByCreatedAtDesc(String schedule);

    List<RunEntity> findByDatasetVersionIdInOrderByCreatedAtDesc(Collection<Long> datasetVersionIds);
}
