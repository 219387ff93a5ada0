package org.mlxspring.autoconfigure.pipeline;

import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.prepare.PreparedTokens;
import org.mlxspring.autoconfigure.prepare.RowExport;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.Runs;
import org.mlxspring.engine.worker.EngineLauncher;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the pipeline and what takes runs from the queue. */
@Configuration(proxyBeanMethods = false)
public class PipelineConfiguration {

    @Bean
    ErasableStore mlxRowFilesOfRuns(Runs runs, RunFolders folders) {
        return new RowFilesOfRuns(runs, folders);
    }

    @Bean
    RunAnswers mlxRunAnswers(
            Runs runs, Datasets datasets, DatasetRows rows, RunFolders folders, Keyring keyring, AuditLog audit) {
        return new RunAnswers(runs, datasets, rows, folders, keyring, audit);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    AnswerController mlxAnswerController(RunAnswers answers) {
        return new AnswerController(answers);
    }

    @Bean
    RunScheduler mlxRunScheduler(
            MlxDatabase database,
            BatchEngine batch,
            Datasets datasets,
            Models models,
            RunJournal journal,
            PreparedTokens tokens,
            RowExport export,
            RunAnswers answers,
            RunFolders folders,
            EngineLauncher launcher,
            RunProperties runs,
            EvaluationProperties evaluation) {
        Workers workers = new Workers(launcher);
        RunRows rows = new RunRows(datasets, tokens, export, folders);
        EvaluatePhase evaluate = new EvaluatePhase(journal, models, rows, answers, folders, workers, evaluation);
        JobCatalog catalog = new JobCatalog(
                batch.repository(),
                journal,
                new PreparePhase(journal, rows),
                new TrainPhase(journal, rows, folders, workers),
                evaluate,
                new FusePhase(journal, models, evaluate, rows, folders, workers));
        return new RunScheduler(database, new RunExecution(journal, catalog, batch), runs);
    }
}
