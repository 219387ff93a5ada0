package org.mlxspring.autoconfigure.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mlxspring.autoconfigure.host.Host;

/** A host in a process of its own, to be killed or to be short of memory. */
final class ImportingApplication implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final Path log;

    private ImportingApplication(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Arguments: the home folder, then properties. */
    public static void main(String[] arguments) throws InterruptedException {
        Host.start(
                List.of(Host.Pretending.class),
                Path.of(arguments[0]),
                Arrays.copyOfRange(arguments, 1, arguments.length));
        Thread.currentThread().join();
    }

    static ImportingApplication start(Path log, List<String> options, Path home, String... properties)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(ImportingApplication.class.getName());
        command.add(home.toString());
        command.addAll(Arrays.asList(properties));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
        return new ImportingApplication(process, log);
    }

    /** Waits until it answers. */
    int port() throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(limit) && process.isAlive()) {
            Matcher port = PORT.matcher(log());
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            Thread.sleep(100);
        }
        throw new AssertionError(log());
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
