package org.mlxspring.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mlxspring.engine.distributed.Host;
import org.mlxspring.engine.distributed.Place;

/**
 * Starts each worker as a child JVM with the classes of this one, and a training run of several {@code processes} as so many
 * of them. A worker cannot take this JVM down with it, and ends within a second or so of this JVM's end, however that
 * comes.
 */
public final class ProcessLauncher implements EngineLauncher {

    /** OpenBLAS threads wait for work by spinning; on a machine with other work that costs many times the time. */
    private static final String SPINNING = "OPENBLAS_THREAD_TIMEOUT";

    private static final String SHORT = "16";

    private final WorkerJvm jvm;
    private final WorkerHosts hosts;

    /** Workers on this machine. */
    public ProcessLauncher(WorkerJvm jvm) {
        this(jvm, WorkerHosts.local());
    }

    /**
     * @param hosts where the processes of a training run are started if there are several; everything else runs here
     */
    public ProcessLauncher(WorkerJvm jvm, WorkerHosts hosts) {
        this.jvm = jvm;
        this.hosts = hosts;
    }

    @Override
    public EngineWorker start(WorkerTask task, Consumer<WorkerMessage> listener) {
        Path java = jvm.javaHome().resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new WorkerStartException(
                    "The worker cannot start: there is no " + java
                            + " that can be run; the worker's Java home must be the folder of a Java 25 or later.",
                    null);
        }
        try {
            int processes =
                    task instanceof WorkerTask.Train(var spec) ? spec.settings().processes() : 1;
            return processes == 1 ? startOne(task, Map.of(), listener) : startGroup(task, processes, listener);
        } catch (IOException e) {
            throw new WorkerStartException("The worker cannot start: " + e.getMessage(), e);
        }
    }

    private EngineWorker startGroup(WorkerTask task, int processes, Consumer<WorkerMessage> listener)
            throws IOException {
        List<Host> ranks = hosts.first(processes);
        List<List<String>> addresses = hosts.addresses(processes);
        Path hostfile = Files.createTempFile("mlx-hosts-", ".json");
        Files.writeString(hostfile, Place.json(addresses));
        List<WorkerGroup.Member> members = new ArrayList<>();
        try {
            for (int rank = 0; rank < processes; rank++) {
                Place place = new Place(rank, addresses);
                Host host = ranks.get(rank);
                Consumer<WorkerMessage> heard = rank == 0 ? listener : message -> {};
                WorkerProcess worker = host.isLocal()
                        ? startOne(task, environment(place, hostfile, ranks), heard)
                        : startElsewhere(task, place, host, heard);
                String where = host.isLocal() ? "process " + worker.pid() : "on " + host.ssh();
                members.add(new WorkerGroup.Member(place.name(rank) + ", " + where, worker));
            }
        } catch (IOException | RuntimeException e) {
            members.forEach(member -> member.worker().close());
            remove(hostfile);
            throw e;
        }
        return new WorkerGroup(members, () -> remove(hostfile));
    }

    private Map<String, String> environment(Place place, Path hostfile, List<Host> ranks) {
        Map<String, String> environment = new HashMap<>();
        environment.put(Place.RANK, Integer.toString(place.rank()));
        environment.put(Place.HOSTFILE, hostfile.toString());
        if (System.getenv("OPENBLAS_NUM_THREADS") == null) {
            long here = ranks.stream().filter(Host::isLocal).count();
            long threads = Math.max(1, Runtime.getRuntime().availableProcessors() / here);
            environment.put("OPENBLAS_NUM_THREADS", Long.toString(threads));
        }
        return environment;
    }

    private WorkerProcess startOne(WorkerTask task, Map<String, String> environment, Consumer<WorkerMessage> listener)
            throws IOException {
        Path classPathFile = Files.createTempFile("mlx-worker-", ".args");
        try {
            List<String> command = JavaCommand.of(jvm, System.getProperty("java.class.path"), classPathFile);
            return attend(start(command, environment), task, listener, () -> remove(classPathFile));
        } catch (IOException | RuntimeException e) {
            remove(classPathFile);
            throw e;
        }
    }

    private WorkerProcess startElsewhere(WorkerTask task, Place place, Host host, Consumer<WorkerMessage> listener)
            throws IOException {
        String worker = hosts.remoteCommand().isPresent()
                ? hosts.remoteCommand().get()
                : RemoteCommand.line(JavaCommand.elsewhere(jvm, System.getProperty("java.class.path")));
        Map<String, String> environment = new HashMap<>(jvm.environment());
        environment.putIfAbsent(SPINNING, SHORT);
        List<String> command = RemoteCommand.of(hosts.ssh(), host, place, environment, worker);
        return attend(start(command, Map.of()), task, listener, () -> {});
    }

    private WorkerProcess attend(
            Process process, WorkerTask task, Consumer<WorkerMessage> listener, Runnable onMessage) {
        return new WorkerProcess(process, task, new WorkerLog(jvm.logFolder(), process.pid()), listener, onMessage);
    }

    private Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // A place in a group that this process was started into is not its workers'.
        builder.environment().keySet().removeAll(List.of(Place.RANK, Place.HOSTFILE));
        builder.environment().putIfAbsent(SPINNING, SHORT);
        builder.environment().putAll(environment);
        builder.environment().putAll(jvm.environment());
        if (jvm.workingFolder().isPresent()) {
            Path folder = jvm.workingFolder().get();
            Files.createDirectories(folder);
            builder.directory(folder.toFile());
        }
        if (jvm.logFolder().isPresent()) {
            Files.createDirectories(jvm.logFolder().get());
        }
        return builder.start();
    }

    private static void remove(Path file) {
        if (!file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
