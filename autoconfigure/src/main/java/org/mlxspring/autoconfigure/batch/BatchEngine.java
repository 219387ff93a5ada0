package org.mlxspring.autoconfigure.batch;

import java.util.List;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Spring Batch on our own tables, held here and not as beans, so that a host's Batch stays as it is. */
public final class BatchEngine {

    private final JdbcClient jdbc;
    private final JobRepository repository;
    private final JobOperator operator;

    /** On the tables of this database. */
    public BatchEngine(MlxDatabase database) {
        jdbc = database.jdbc();
        try {
            repository = repository(database);
            operator = operator(database, repository);
        } catch (Exception e) {
            throw new IllegalStateException("Spring Batch could not be set up on the mlx tables.", e);
        }
    }

    /** Where jobs and steps of ours are kept; steps are built with it. */
    public JobRepository repository() {
        return repository;
    }

    /**
     * Executes a job on this thread, from where its last execution ended. One that never ended belonged to an instance
     * that died: whoever calls this makes sure, by a place in a queue or a lock, that nobody else can be executing it.
     *
     * @return how it ended; the earlier execution of a job that is complete
     * @throws JobExecutionException if it could not be executed at all
     */
    public JobExecution execute(Job job, JobParameters parameters) throws JobExecutionException {
        JobExecution last = repository.getLastJobExecution(job.getName(), parameters);
        if (last != null && last.isRunning()) {
            operator.recover(last);
        }
        try {
            return operator.start(job, parameters);
        } catch (JobInstanceAlreadyCompleteException e) {
            if (last == null) {
                throw e;
            }
            return last;
        }
    }

    /**
     * Removes what is kept of the executions of a job, part of the caller's transaction.
     *
     * @param job its name
     * @param parameter one that all of them have
     * @param value its value
     */
    public void forget(String job, String parameter, long value) {
        List<Long> instances = jdbc.sql("""
                        select distinct i.job_instance_id from mlx_batch_job_instance i
                        join mlx_batch_job_execution e on e.job_instance_id = i.job_instance_id
                        join mlx_batch_job_execution_params p on p.job_execution_id = e.job_execution_id
                        where i.job_name = ? and p.parameter_name = ? and p.parameter_value = ?""")
                .params(job, parameter, Long.toString(value))
                .query(Long.class)
                .list();
        for (Long instance : instances) {
            JobInstance found = repository.getJobInstance(instance);
            if (found != null) {
                repository.deleteJobInstance(found);
            }
        }
    }

    private static JobRepository repository(MlxDatabase database) throws Exception {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(database.dataSource());
        factory.setTransactionManager(database.transactionManager());
        factory.setTablePrefix("MLX_BATCH_");
        factory.setIsolationLevelForCreate("ISOLATION_READ_COMMITTED");
        factory.afterPropertiesSet();
        return factory.getObject();
    }

    private static JobOperator operator(MlxDatabase database, JobRepository repository) throws Exception {
        JobOperatorFactoryBean factory = new JobOperatorFactoryBean();
        factory.setJobRepository(repository);
        factory.setTransactionManager(database.transactionManager());
        factory.setJobRegistry(new MapJobRegistry());
        factory.setTaskExecutor(new SyncTaskExecutor());
        factory.afterPropertiesSet();
        return factory.getObject();
    }
}
