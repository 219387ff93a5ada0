package org.mlxspring.autoconfigure.pipeline;

import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.engine.worker.EngineLauncher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the pipeline and what takes runs from the queue. */
@Configuration(proxyBeanMethods = false)
public class PipelineConfiguration {

    @Bean
    RunScheduler mlxRunScheduler(
            MlxDatabase database,
            BatchEngine batch,
            Datasets datasets,
            Models models,
            RunJournal journal,
            RunFolders folders,
            EngineLauncher launcher,
            RunProperties runs,
            EvaluationProperties evaluation) {
        Workers workers = new Workers(launcher);
        DataExport export = new DataExport(datasets, folders);
        JobCatalog catalog = new JobCatalog(
                batch.repository(),
                journal,
                new PreparePhase(journal, export, folders, workers),
                new TrainPhase(journal, export, folders, workers),
                new EvaluatePhase(journal, models, export, folders, workers, evaluation),
                new FusePhase(journal, models, export, folders, workers));
        return new RunScheduler(database, new RunExecution(journal, catalog, batch), runs);
    }
}
