package org.mlxspring.autoconfigure.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams of what happens in a run, read from the database about once a second, so that every instance can serve them.
 * Each has a virtual thread of its own; no connection is held between two looks.
 */
class RunEvents implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Looks without news after which a comment tells a dead connection from a silent one. */
    private static final int SILENT_LOOKS = 15;

    private final Runs runs;
    private final RunMetrics metrics;
    private final Set<Thread> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    RunEvents(Runs runs, MlxDatabase database) {
        this.runs = runs;
        metrics = new RunMetrics(database.repository(RunMetricRepository.class));
    }

    /** Events of a run: {@code state}, {@code metric}, and {@code end} as the last one. */
    SseEmitter of(String id, long lastEventId) {
        SseEmitter emitter = new SseEmitter(0L);
        Thread.ofVirtual().name("mlx-events-" + id).start(() -> stream(id, lastEventId, emitter));
        return emitter;
    }

    private void stream(String id, long lastEventId, SseEmitter emitter) {
        streams.add(Thread.currentThread());
        try {
            follow(id, lastEventId, emitter);
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A reader of the events of run {} went away.", id);
        } catch (InterruptedException e) {
            emitter.complete();
        } catch (RuntimeException e) {
            LOG.warn("The events of run {} could not be read on; the reader will ask again.", id, e);
            emitter.complete();
        } finally {
            streams.remove(Thread.currentThread());
        }
    }

    private void follow(String id, long lastEventId, SseEmitter emitter) throws IOException, InterruptedException {
        long last = lastEventId;
        int silent = 0;
        @Nullable RunView seen = null;
        while (running) {
            RunView run = runs.get(id);
            List<MetricView> news = metrics.next(id, last);
            if (!run.equals(seen)) {
                emitter.send(SseEmitter.event().name("state").data(run));
                seen = run;
                silent = 0;
            }
            for (MetricView metric : news) {
                last = metric.id();
                emitter.send(SseEmitter.event()
                        .id(Long.toString(last))
                        .name("metric")
                        .data(metric));
                silent = 0;
            }
            if (run.state().over() && news.isEmpty()) {
                emitter.send(SseEmitter.event().name("end").data(run));
                return;
            }
            if (news.isEmpty()) {
                if (++silent % SILENT_LOOKS == 0) {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends all streams; a graceful shutdown of the web server would wait for them. */
    @Override
    public void stop() {
        running = false;
        streams.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
