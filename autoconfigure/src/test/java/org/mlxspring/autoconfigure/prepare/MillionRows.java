package org.mlxspring.autoconfigure.prepare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.EncodedRow;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenSegments;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;
import org.mlxspring.engine.text.Tokenizer;
import org.springframework.util.FileSystemUtils;

/**
 * Measures a preparation of many rows in an application with a small heap; to be run by hand and killed at will, since it goes
 * on. Prints how long the rows took to come in, how many rows a second are tokenized and sealed without a database, how many
 * the whole way, the largest heap, and a hash of what was stored, by which stores can be compared.
 *
 * <p>Run with {@code -Xmx512m} and the class path of the tests.
 */
final class MillionRows {

    private static final int SEGMENT = 8192;

    private MillionRows() {}

    /** Arguments: the home folder, the model's folder, the number of rows, then properties such as the database. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path model = Path.of(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        String[] properties = Arrays.copyOfRange(arguments, 3, arguments.length);
        withoutDatabase(home, model);
        try (Host host = Host.start(List.of(Host.Pretending.class), home, properties)) {
            DatasetVersion version = rows(host, count);
            forgetPeaks();
            PreparedTokens tokens = host.context().getBean(PreparedTokens.class);
            Start start = Start.now();
            PreparedStore store = tokens.prepare(PrepareChild.asked(version, model), () -> false);
            report("the whole way", count, start);
            System.out.printf(
                    "%d rows, %d tokens, largest heap %d MB%n",
                    store.counts().examples(), store.counts().tokens(), peak() >> 20);
            System.out.println("hash of the store " + hash(tokens, store));
        }
        System.exit(0);
    }

    private static DatasetVersion rows(Host host, int count) {
        try {
            return host.context().getBean(Datasets.class).resolve("desk", Optional.empty());
        } catch (ProblemException none) {
            Start start = Start.now();
            DatasetVersion version = MadeUpRows.put(host.context().getBean(RowIntake.class), "desk", count);
            report("taken in", count, start);
            return version;
        }
    }

    private static void withoutDatabase(Path home, Path model) throws Exception {
        Path folder = home.resolve("measured");
        int cores = Runtime.getRuntime().availableProcessors();
        int count = 20 * SEGMENT;
        try (Tokenizer loaded = Tokenizer.load(model);
                ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            RowTokenizer tokenizer = new RowTokenizer(loaded, LossMask.PROMPT);
            TokenSegments segments = new TokenSegments(folder, Storage.sealed(FileKey.random()));
            Start start = Start.now();
            for (int from = 0; from < count; from += SEGMENT) {
                List<Future<List<EncodedRow>>> pages = new ArrayList<>();
                for (int page = from; page < from + SEGMENT; page += SEGMENT / 16) {
                    int first = page;
                    pages.add(threads.submit(() -> IntStream.range(first, first + SEGMENT / 16)
                            .mapToObj(number -> encode(tokenizer, number))
                            .toList()));
                }
                List<EncodedRow> segment = new ArrayList<>();
                for (Future<List<EncodedRow>> page : pages) {
                    segment.addAll(page.get());
                }
                segments.append(tokenizer.origin(RowKeys.standard(), "measured"), segment);
                if (from == 3 * SEGMENT) {
                    start = Start.now();
                }
            }
            report("without a database, " + cores + " cores,", count - 4 * SEGMENT, start);
        }
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(home);
    }

    private static EncodedRow encode(RowTokenizer tokenizer, int number) {
        try {
            return tokenizer.tokenize(
                    number, MadeUpRows.json(number).getBytes(StandardCharsets.UTF_8), RowKeys.standard());
        } catch (RowRefusal e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(String what, int count, Start start) {
        double seconds = start.seconds();
        System.out.printf(
                "%s: %d rows in %.1f s, %.0f rows/s; %.1f s of one core%n",
                what, count, seconds, count / seconds, start.coreSeconds());
    }

    /** A moment: other work on the machine takes time from the clock, but none of the process's own. */
    private record Start(long nanos, long cpu) {

        static Start now() {
            return new Start(System.nanoTime(), processor());
        }

        double seconds() {
            return (System.nanoTime() - nanos) / 1e9;
        }

        double coreSeconds() {
            return (processor() - cpu) / 1e9;
        }

        private static long processor() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static void forgetPeaks() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    private static String hash(PreparedTokens tokens, PreparedStore store) {
        long hash = 1;
        for (Split split : Split.values()) {
            TokenizedRows rows = StoredIds.rows(tokens.data(store), split);
            for (int row = 0; row < rows.size(); row++) {
                hash = 31 * hash + rows.id(row);
                hash = 31 * hash + Arrays.hashCode(rows.get(row).tokens());
                hash = 31 * hash + Arrays.hashCode(rows.targets(row));
            }
        }
        return Long.toHexString(hash);
    }
}
