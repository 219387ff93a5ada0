package org.mlxspring.autoconfigure.source;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.mlxspring.autoconfigure.batch.FailurePlace;

/** The rows of a source that the application brings; the words of its exceptions may hold text of rows, and stay here. */
final class BeanRows implements RawRows {

    private static final int LONGEST_WATERMARK = 100;

    private final String source;
    private final Stream<SourceRow> stream;
    private final Iterator<SourceRow> rows;
    private long number;
    private Optional<String> watermark = Optional.empty();

    BeanRows(DatasetSource source, Optional<String> since) {
        this.source = source.name();
        try {
            this.stream = source.open(since);
            this.rows = stream.iterator();
        } catch (RuntimeException e) {
            throw new UnreadableSourceException(
                    "Source '" + source.name() + "' could not be opened: " + FailurePlace.of(e) + ".");
        }
    }

    @Override
    public Optional<RawRow> next() {
        Optional<SourceRow> next = read();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        SourceRow row = next.get();
        row.watermark().ifPresent(this::remember);
        number++;
        return Optional.of(new RawRow.Fields(
                new Place("", number), row.values(), new RowMarks(row.id(), row.subject(), row.split())));
    }

    private Optional<SourceRow> read() {
        try {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        } catch (RuntimeException e) {
            throw new UnreadableSourceException(
                    "Source '" + source + "' failed behind row " + number + " with " + FailurePlace.of(e) + ".");
        }
    }

    private void remember(String value) {
        if (value.length() > LONGEST_WATERMARK) {
            throw new UnreadableSourceException("Source '" + source + "' gives a watermark of " + value.length()
                    + " characters; it must have at most " + LONGEST_WATERMARK + ".");
        }
        watermark = Optional.of(value);
    }

    @Override
    public Optional<String> watermark() {
        return watermark;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (RuntimeException e) {
            throw new UnreadableSourceException(
                    "Source '" + source + "' could not be closed: " + FailurePlace.of(e) + ".");
        }
    }
}
