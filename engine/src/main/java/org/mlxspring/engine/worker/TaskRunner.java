package org.mlxspring.engine.worker;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mlxspring.engine.adapter.FuseResult;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.adapter.Fuser;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.distributed.Place;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.EvaluationStoppedException;
import org.mlxspring.engine.evaluate.Evaluator;
import org.mlxspring.engine.train.ModelHash;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSpec;

/** Does a task on the calling thread, which must own MLX, and tells what happens. */
final class TaskRunner {

    private final Consumer<WorkerMessage> messages;
    private final BooleanSupplier stopRequested;
    private final Optional<Place> place;
    private final Consumer<String> onLoss;

    /** Tasks of one process. */
    TaskRunner(Consumer<WorkerMessage> messages, BooleanSupplier stopRequested) {
        this(messages, stopRequested, Optional.empty(), reason -> {});
    }

    /**
     * Tasks of a process that may be one of several.
     *
     * @param place of this process; empty for one alone
     * @param onLoss as in {@link GroupTraining#run}
     */
    TaskRunner(
            Consumer<WorkerMessage> messages,
            BooleanSupplier stopRequested,
            Optional<Place> place,
            Consumer<String> onLoss) {
        this.messages = messages;
        this.stopRequested = stopRequested;
        this.place = place;
        this.onLoss = onLoss;
    }

    /** Does the task. The last message is {@code Done} or {@code Failed}; a task that was stopped sends neither. */
    WorkerOutcome run(WorkerTask task) {
        try {
            boolean complete =
                    switch (task) {
                        case WorkerTask.Train train -> train(train.spec());
                        case WorkerTask.Evaluate evaluate -> evaluate(evaluate.spec());
                        case WorkerTask.Fuse fuse -> fuse(fuse.spec());
                    };
            if (!complete) {
                return new WorkerOutcome.Stopped();
            }
            messages.accept(new WorkerMessage.Done());
            return new WorkerOutcome.Completed();
        } catch (EvaluationStoppedException e) {
            return new WorkerOutcome.Stopped();
        } catch (Exception | Error e) {
            // For the log of the worker; the message carries what a person needs.
            TaskFailure failure = TaskFailure.of(e);
            if (!failure.userError()) {
                System.getLogger(TaskRunner.class.getName()).log(System.Logger.Level.ERROR, failure.reason(), e);
            }
            messages.accept(new WorkerMessage.Failed(failure.reason(), failure.userError()));
            return new WorkerOutcome.Failed(failure.reason(), failure.userError());
        }
    }

    private boolean train(TrainSpec spec) {
        ready();
        if (place.map(Place::rank).orElse(0) == 0) {
            messages.accept(new WorkerMessage.BaseModel(ModelHash.of(spec.model(), Optional.empty())));
        }
        AtomicBoolean complete = new AtomicBoolean(true);
        GroupTraining.run(
                spec,
                place,
                event -> {
                    if (event instanceof TrainEvent.Finished finished && finished.stopped()) {
                        complete.set(false);
                    }
                    messages.accept(new WorkerMessage.Training(event));
                },
                stopRequested,
                onLoss);
        return complete.get();
    }

    private boolean evaluate(EvaluateSpec spec) {
        ready();
        messages.accept(new WorkerMessage.Evaluated(Evaluator.run(
                spec,
                (contender, done, total) -> messages.accept(new WorkerMessage.Evaluating(contender, done, total)),
                stopRequested)));
        return true;
    }

    private boolean fuse(FuseSpec spec) throws IOException {
        ready();
        FuseResult result = Fuser.run(spec);
        messages.accept(new WorkerMessage.Fused(spec.savePath(), result.files(), result.checks()));
        return true;
    }

    private void ready() {
        messages.accept(new WorkerMessage.Ready(
                pid(), Mlx.version(), Mlx.device().name().toLowerCase(Locale.ROOT)));
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }
}
