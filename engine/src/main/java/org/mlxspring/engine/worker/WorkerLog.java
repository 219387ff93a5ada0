package org.mlxspring.engine.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drains a worker's standard error: keeps its last lines, and writes all of them to a file where one is wanted. */
final class WorkerLog {

    private static final Logger LOG = System.getLogger(WorkerLog.class.getName());
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int LINES = 6;
    private static final int LINE_LENGTH = 300;

    private final @Nullable Path file;
    private final Deque<String> last = new ArrayDeque<>();
    private boolean written;

    /** @param folder receives the file; empty for none */
    WorkerLog(Optional<Path> folder, long pid) {
        this.file = folder.map(f ->
                        f.toAbsolutePath().resolve("worker-" + TIME.format(LocalDateTime.now()) + "-" + pid + ".log"))
                .orElse(null);
    }

    /** Reads until the stream ends. */
    void drain(InputStream stderr) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8));
                Writer out = new LazyFile()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                keep(line);
                out.write(line + "\n");
                out.flush();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A worker's standard error ended early: {0}", e.getMessage());
        }
    }

    /** The last lines and where the whole is, as sentences to add to a reason; empty where it wrote nothing. */
    synchronized String lastWords() {
        StringBuilder words = new StringBuilder();
        if (!last.isEmpty()) {
            words.append(" Its last lines were: ")
                    .append(String.join(" | ", last))
                    .append('.');
        }
        if (written) {
            words.append(" Its log is ").append(file).append('.');
        }
        return words.toString();
    }

    private synchronized void keep(String line) {
        if (line.isBlank()) {
            return;
        }
        if (last.size() == LINES) {
            last.removeFirst();
        }
        last.addLast(line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + "..." : line.strip());
    }

    private synchronized void markWritten() {
        written = true;
    }

    /** Opens the file with the first line, so that a quiet worker leaves none. A full disk must not block a worker. */
    private final class LazyFile extends Writer {

        private @Nullable Writer out;
        private boolean broken;

        @Override
        public void write(char[] text, int offset, int length) {
            if (file == null || broken) {
                return;
            }
            try {
                if (out == null) {
                    Files.createDirectories(file.getParent());
                    out = Files.newBufferedWriter(file);
                    markWritten();
                }
                out.write(text, offset, length);
            } catch (IOException e) {
                giveUp(e);
            }
        }

        @Override
        public void flush() {
            try {
                if (out != null && !broken) {
                    out.flush();
                }
            } catch (IOException e) {
                giveUp(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }

        private void giveUp(IOException e) {
            broken = true;
            LOG.log(Level.WARNING, "The worker''s log {0} cannot be written: {1}", file, e.toString());
        }
    }
}
