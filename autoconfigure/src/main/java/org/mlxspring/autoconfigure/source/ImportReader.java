package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a source in bundles of up to 1,000 rows, or fewer large ones, and remembers behind which row it is. After an
 * interruption it reads on behind the last row that was stored, if the rows before it are still the same.
 */
final class ImportReader implements ItemStreamReader<List<RawRow>> {

    static final int CHUNK = 1_000;

    private static final long BYTES = 4_000_000;
    private static final String READ = "read";
    private static final String DIGEST = "digest";
    private static final String WATERMARK = "watermark";

    private final Opening opening;
    private final DatasetKeys keys;
    private final ImportControl control;
    private final RowDigest digest = new RowDigest();
    private Optional<RawRows> rows = Optional.empty();
    private final Runnable before;
    private Runnable stop = () -> {};
    private long read;

    /** Opens the source from its beginning. */
    interface Opening {
        RawRows open() throws IOException;
    }

    /** @param before called before each bundle; it may throw to end the import */
    ImportReader(Opening opening, DatasetKeys keys, ImportControl control, Runnable before) {
        this.opening = opening;
        this.keys = keys;
        this.control = control;
        this.before = before;
    }

    /** @param stop called between two bundles when the import is to stop */
    void onStop(Runnable stop) {
        this.stop = stop;
    }

    /** @throws RowsChangedException if the rows before the place to go on from are not the same */
    @Override
    public void open(ExecutionContext context) {
        try {
            RawRows opened = opening.open();
            rows = Optional.of(opened);
            long before = context.getLong(READ, 0);
            while (read < before) {
                digest.add(opened.next().orElseThrow(RowsChangedException::new));
                read++;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (read > 0 && !digest.soFar(keys).equals(context.getString(DIGEST))) {
            throw new RowsChangedException();
        }
    }

    @Override
    public @Nullable List<RawRow> read() {
        if (control.stopWanted()) {
            stop.run();
            return null;
        }
        before.run();
        List<RawRow> bundle = new ArrayList<>(CHUNK);
        long bytes = 0;
        try {
            while (bundle.size() < CHUNK && bytes < BYTES) {
                Optional<RawRow> row = rows.orElseThrow().next();
                if (row.isEmpty()) {
                    break;
                }
                bytes += size(row.get());
                digest.add(row.get());
                bundle.add(row.get());
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        read += bundle.size();
        return bundle.isEmpty() ? null : bundle;
    }

    /** Called in the transaction that stores the rows. */
    @Override
    public void update(ExecutionContext context) {
        context.putLong(READ, read);
        if (read > 0) {
            context.putString(DIGEST, digest.soFar(keys));
        }
        rows.flatMap(RawRows::watermark).ifPresent(watermark -> context.putString(WATERMARK, watermark));
    }

    /** How far the source was read, as {@link #update} noted it. */
    static Optional<String> watermark(ExecutionContext context) {
        return Optional.ofNullable(context.containsKey(WATERMARK) ? context.getString(WATERMARK) : null);
    }

    private static long size(RawRow row) {
        return switch (row) {
            case RawRow.Line line -> line.utf8().length;
            case RawRow.Fields fields ->
                fields.values().values().stream()
                        .mapToLong(value -> value instanceof CharSequence text ? text.length() : 8)
                        .sum();
            case RawRow.Unreadable unreadable -> unreadable.text().length;
        };
    }

    /** What the operating system says can hold the name of a file. */
    private UnreadableSourceException unreadable(IOException e) {
        return new UnreadableSourceException("What is to be imported could not be read behind row " + read + ": "
                + e.getClass().getSimpleName() + ".");
    }

    @Override
    public void close() {
        try {
            if (rows.isPresent()) {
                rows.get().close();
                rows = Optional.empty();
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
