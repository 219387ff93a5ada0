package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface DatasetRepository extends Repository<DatasetEntity, Long> {

    DatasetEntity saveAndFlush(DatasetEntity dataset);

    Optional<DatasetEntity> findById(long id);

    Optional<DatasetEntity> findByName(String name);

    @Query("select distinct v.dataset.name from MlxDatasetVersion v order by v.dataset.name")
    List<String> names();

    @Query(value = """
                    select new org.mlxspring.autoconfigure.dataset.DatasetView(
                        d.name, count(v), max(v.version), d.createdAt)
                    from MlxDataset d join MlxDatasetVersion v on v.dataset = d
                    group by d.id, d.name, d.createdAt""", countQuery = "select count(distinct v.dataset) from MlxDatasetVersion v")
    Page<DatasetView> views(Pageable page);
}
