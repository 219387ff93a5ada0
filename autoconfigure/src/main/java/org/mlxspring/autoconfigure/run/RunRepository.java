package org.mlxspring.autoconfigure.run;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
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

    @Query("""
            select r from MlxRun r
            where (:state is null or r.state = :state)
              and (:model is null or r.model = :model)
              and (:dataset is null or r.dataset = :dataset)""")
    Page<RunEntity> find(
            @Param("state") @Nullable RunState state,
            @Param("model") @Nullable String model,
            @Param("dataset") @Nullable String dataset,
            Pageable page);

    Optional<RunEntity> findFirstByModelAndDatasetAndDatasetVersionIdAndTrainedTrueOrderByCreatedAtDesc(
            String model, String dataset, long datasetVersionId);

    Optional<RunEntity> findFirstByModelAndDatasetAndDatasetVersionIdAndDecisionOrderByCreatedAtDesc(
            String model, String dataset, long datasetVersionId, Decision decision);

    Optional<RunEntity> findFirstByScheduleOrderByCreatedAtDesc(String schedule);

    List<RunEntity> findByDatasetVersionIdInOrderByCreatedAtDesc(Collection<Long> datasetVersionIds);
}
