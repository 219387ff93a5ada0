package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mlxspring.engine.files.Storage;

/**
 * The tokenized rows of one split in a folder of segments, {@code 00000000.tokens}, {@code 00000001.tokens} and so on, each a
 * whole {@link TokenStore} of some thousand rows. So a dataset can be prepared piece by piece, and rows can be taken out
 * without writing all others again.
 *
 * @param folder the folder; missing before the first segment is written
 * @param storage how the segments are written
 */
public record TokenSegments(Path folder, Storage storage) {

    private static final String SUFFIX = ".tokens";
    private static final String UNFINISHED = ".part";
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /** How many segments there are; the next one gets this number. */
    public int count() {
        int count = 0;
        while (Files.isRegularFile(file(count))) {
            count++;
        }
        return count;
    }

    private Path file(int number) {
        return folder.resolve("%08d".formatted(number) + SUFFIX);
    }

    /**
     * Opens a segment and checks its checksum.
     *
     * @throws DataException when it is not whole, or the key is another one
     */
    public TokenStore segment(int number) {
        return TokenStore.open(file(number), storage);
    }

    /**
     * Adds a segment: it is there, whole and on the disk, or not at all.
     *
     * @param rows in the order of their ids, after those of the segments before
     * @throws DataException when it cannot be written
     */
    public TokenStore append(TokenStore.Origin origin, List<EncodedRow> rows) {
        return write(file(count()), origin, sink -> rows.forEach(row -> row.to(sink)));
    }

    private TokenStore write(Path file, TokenStore.Origin origin, Rows rows) {
        try (TokenStore.Writer writer = new TokenStore.Writer(file, origin, storage)) {
            rows.to(writer);
            return writer.finish();
        }
    }

    private interface Rows {

        void to(RowSink sink);
    }

    /**
     * All rows, one segment after the other.
     *
     * @throws DataException when a segment is missing before the last, or not whole
     */
    public TokenizedRows open() {
        return new SegmentedRows(stores());
    }

    /**
     * All rows, which a tokenizer must have made.
     *
     * @throws DataException when a segment is missing before the last, or not whole, or when the tokenizer would make other
     *     tokens of the rows of one; the message says what differs
     */
    TokenizedRows open(RowTokenizer tokenizer) {
        List<TokenStore> stores = stores();
        if (!stores.isEmpty()) {
            TokenStore.Origin first = stores.getFirst().origin();
            TokenStore.Origin now = tokenizer.origin(first.keys(), first.source());
            stores.forEach(store -> requireMadeFrom(now, store));
        }
        return new SegmentedRows(stores);
    }

    private void requireMadeFrom(TokenStore.Origin expected, TokenStore store) {
        List<String> differences = store.origin().differences(expected);
        if (!differences.isEmpty()) {
            throw new DataException("The rows in " + folder + " were made from something else: "
                    + String.join(", ", differences) + " changed; prepare the dataset again");
        }
    }

    private List<TokenStore> stores() {
        int count = count();
        requireNoGap(count);
        return IntStream.range(0, count).mapToObj(this::segment).toList();
    }

    private void requireNoGap(int count) {
        long files = list(SUFFIX).size();
        if (files != count) {
            throw new DataException(folder + " has " + files + " segments, but "
                    + file(count).getFileName() + " is missing; delete the folder and prepare the dataset again");
        }
    }

    /**
     * Takes rows out: segments that hold one of them are written anew and replaced one after the other, the others are not
     * touched. Broken off, it can be begun again.
     *
     * @param ids numbers of rows, see {@link TokenizedRows#id}; some may not be there
     * @return how many rows were taken out
     */
    public int without(Set<Long> ids) {
        removeAbandoned();
        int removed = 0;
        // Those behind one that is missing, too.
        for (Path file : list(SUFFIX)) {
            TokenStore store = TokenStore.open(file, storage);
            int[] kept = IntStream.range(0, store.size())
                    .filter(row -> !ids.contains(store.id(row)))
                    .toArray();
            if (kept.length < store.size()) {
                write(file, store.origin(), sink -> {
                    for (int row : kept) {
                        sink.add(store.id(row), store.get(row), store.keyCount(row));
                    }
                });
                removed += (store.size() - kept.length) / store.rowsPerExample();
            }
        }
        return removed;
    }

    /** Removes segments behind one that is missing: who goes on there adds their rows again. No other may be adding. */
    public void removeBehindGap() {
        Path missing = file(count()).getFileName();
        try {
            for (Path file : list(SUFFIX)) {
                if (file.getFileName().compareTo(missing) > 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be tidied", e);
        }
    }

    /** Removes what a process left that ended while it wrote a segment; others may be writing now. */
    public void removeAbandoned() {
        Instant limit = Instant.now().minus(ABANDONED);
        try {
            for (Path file : list(UNFINISHED)) {
                if (isOlder(file, limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be tidied", e);
        }
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException finishedMeanwhile) {
            return false;
        }
    }

    private List<Path> list(String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }
}
