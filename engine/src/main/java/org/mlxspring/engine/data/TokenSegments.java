package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** Of one split in the folder of a prepared dataset: {@code train}, {@code valid} or {@code test} in it. */
    public static TokenSegments of(Path prepared, Split split, Storage storage) {
        return new TokenSegments(prepared.resolve(split.label()), storage);
    }

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
        return write(count(), origin, sink -> rows.forEach(row -> row.to(sink)));
    }

    private TokenStore write(int number, TokenStore.Origin origin, Rows rows) {
        try (TokenStore.Writer writer = new TokenStore.Writer(file(number), origin, storage)) {
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
        int count = count();
        requireNoGap(count);
        return new SegmentedRows(
                IntStream.range(0, count).mapToObj(this::segment).toList());
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
        int count = count();
        for (int number = 0; number < count; number++) {
            TokenStore store = segment(number);
            int[] kept = IntStream.range(0, store.size())
                    .filter(row -> !ids.contains(store.id(row)))
                    .toArray();
            if (kept.length < store.size()) {
                write(number, store.origin(), sink -> {
                    for (int row : kept) {
                        sink.add(store.id(row), store.get(row), store.keyCount(row));
                    }
                });
                removed += (store.size() - kept.length) / store.rowsPerExample();
            }
        }
        return removed;
    }

    /** Removes what a process left that ended while it wrote a segment; others may be writing now. */
    public void removeAbandoned() {
        Instant limit = Instant.now().minus(ABANDONED);
        try {
            for (Path file : list(UNFINISHED)) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be tidied", e);
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
