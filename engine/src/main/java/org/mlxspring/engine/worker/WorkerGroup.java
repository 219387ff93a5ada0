package org.mlxspring.engine.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Workers that train as one, seen from the process that started them. The first one tells what happens; when one ends
 * before its task is complete, all are ended.
 */
final class WorkerGroup implements EngineWorker {

    /** How long those that are left have to end by themselves, and to say what they know. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    /**
     * @param name of the rank, for people
     */
    record Member(String name, WorkerProcess worker) {}

    /** A member that has ended. */
    private record Ended(Member member, WorkerOutcome outcome) {}

    private final List<Member> members;
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final CompletableFuture<WorkerOutcome> outcome = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * @param members by rank
     * @param afterwards run once, when all have ended
     */
    WorkerGroup(List<Member> members, Runnable afterwards) {
        this.members = List.copyOf(members);
        for (Member member : members) {
            daemon("mlx-group-" + member.worker().pid(), () -> await(member));
        }
        daemon("mlx-group-" + pid(), () -> {
            try {
                outcome.complete(supervise());
            } finally {
                afterwards.run();
            }
        });
    }

    private void await(Member member) {
        try {
            ended.add(new Ended(member, member.worker().await()));
        } catch (InterruptedException e) {
            ended.add(new Ended(member, new WorkerOutcome.Failed("Waiting for the worker was interrupted.", false)));
        }
    }

    /** Waits for the first that fails or, if none does, for all; those that are left then get a moment and are ended. */
    private WorkerOutcome supervise() {
        Optional<Ended> crash = Optional.empty();
        Optional<Ended> failure = Optional.empty();
        Optional<Ended> first = Optional.empty();
        long limit = Long.MAX_VALUE;
        for (int left = members.size(); left > 0; left--) {
            Optional<Ended> next = next(limit);
            if (next.isEmpty()) {
                break;
            }
            Ended end = next.get();
            if (end.member() == members.getFirst()) {
                first = next;
            }
            if (end.outcome() instanceof WorkerOutcome.Failed) {
                crash = crash.or(() -> end.member().worker().saidWhy() ? Optional.empty() : next);
                failure = failure.or(() -> next);
            }
            if (limit == Long.MAX_VALUE && (failure.isPresent() || first.isPresent())) {
                limit = System.nanoTime() + GRACE.toNanos();
            }
        }
        members.forEach(member -> member.worker().close());
        // A crash is the cause of what all others say; else the first rank tells for all.
        if (crash.isPresent()) {
            return closed ? crash.get().outcome() : named(crash.get());
        }
        if (first.isPresent() && (failure.isEmpty() || first.get().outcome() instanceof WorkerOutcome.Failed)) {
            return first.get().outcome();
        }
        return named(failure.orElseThrow());
    }

    private Optional<Ended> next(long limit) {
        try {
            return Optional.ofNullable(
                    limit == Long.MAX_VALUE
                            ? ended.take()
                            : ended.poll(limit - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            return Optional.empty();
        }
    }

    private static WorkerOutcome named(Ended end) {
        WorkerOutcome.Failed failed = (WorkerOutcome.Failed) end.outcome();
        return new WorkerOutcome.Failed(
                "One of the processes that train together failed, "
                        + end.member().name() + ": " + failed.reason()
                        + " The others were ended; the same run with resume goes on from its last checkpoint.",
                failed.userError());
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** Process id of the first. */
    @Override
    public long pid() {
        return members.getFirst().worker().pid();
    }

    /** Asks the first; all agree on the end of the same iteration. */
    @Override
    public void requestStop() {
        members.getFirst().worker().requestStop();
    }

    @Override
    public WorkerOutcome await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never an exception", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        members.forEach(member -> member.worker().close());
    }
}
