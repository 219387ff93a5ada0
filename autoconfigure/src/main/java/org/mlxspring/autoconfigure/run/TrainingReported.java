package org.mlxspring.autoconfigure.run;

import org.mlxspring.engine.train.TrainEvent;

/**
 * Published in the application, on the instance that works on the run, when its training has reported.
 *
 * @param run the run after the report
 * @param event a {@link TrainEvent.Report}, {@link TrainEvent.Validated} or another event of the training
 */
public record TrainingReported(RunView run, TrainEvent event) {}
