package org.mlxspring.autoconfigure.run;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface RunMetricRepository extends Repository<RunMetricEntity, Long> {

    RunMetricEntity saveAndFlush(RunMetricEntity metric);

    Page<RunMetricEntity> findByRunIdAndIdGreaterThan(String runId, long id, Pageable page);

    /** In the order of the index: H2 follows it only where its columns are all named. */
    List<RunMetricEntity> findFirst500ByRunIdAndIdGreaterThanOrderByRunIdAscIdAsc(String runId, long id);

    @Modifying
    @Query("delete from MlxRunMetric m where m.runId = :run and m.iteration >= :iteration and m.iteration > 0")
    void deleteFrom(@Param("run") String run, @Param("iteration") int iteration);

    @Modifying
    @Query("delete from MlxRunMetric m where m.runId = :run and m.kind = :kind and m.iteration = :iteration")
    void deleteSame(@Param("run") String run, @Param("kind") String kind, @Param("iteration") int iteration);
}
