package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a JSON-lines file one after the other, without holding it in memory. For one thread. */
public final class RowReader implements AutoCloseable {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path file;
    private final LineReader lines;
    private final RowFormat format;
    private long line;
    /** First of the blank lines just read; 0 when there was none. They may only stand at the end of the file. */
    private long blankSince;
    /** The line after blank ones, which is read next after they were reported. */
    private Optional<byte[]> afterBlank = Optional.empty();

    private RowReader(Path file, LineReader lines, RowFormat format) {
        this.file = file;
        this.lines = lines;
        this.format = format;
    }

    /**
     * Opens a file of rows with one answer.
     *
     * @param file one JSON object per line, UTF-8
     * @param keys names of the keys that hold a row
     * @param mask what of the rows will be learned, which not every row allows
     * @throws DataException when it cannot be opened
     */
    public static RowReader open(RowFile file, RowKeys keys, LossMask mask) {
        return open(file, new SupervisedFormat(keys, mask));
    }

    /**
     * Opens a file of preferences.
     *
     * @param keys names of the keys, of which that of the prompt is used
     * @throws DataException when it cannot be opened
     */
    public static RowReader ofPreferences(RowFile file, RowKeys keys) {
        return open(file, new PreferenceFormat(keys));
    }

    /**
     * Opens a file of rows of any format, but not of preferences mixed with others.
     *
     * @param keys names of the keys that hold a row
     * @throws DataException when it cannot be opened
     */
    public static RowReader ofAny(RowFile file, RowKeys keys) {
        return open(file, new AnyFormat(keys, LossMask.ROW));
    }

    static RowReader open(RowFile file, RowFormat format) {
        try {
            return new RowReader(file.path(), new LineReader(file.storage().read(file.path())), format);
        } catch (IOException e) {
            throw new DataException(file.path() + " cannot be opened; it must be a readable file of rows", e);
        }
    }

    /**
     * The next row, or empty at the end of the file. After a {@link RowException} the next call goes on with the line
     * after the bad one.
     *
     * @throws RowException when the row cannot be used
     */
    public Optional<NumberedRow> read() {
        if (afterBlank.isPresent()) {
            byte[] bytes = afterBlank.get();
            afterBlank = Optional.empty();
            return Optional.of(row(bytes));
        }
        try {
            for (Optional<byte[]> next = lines.next(); next.isPresent(); next = lines.next()) {
                line++;
                byte[] bytes = withoutMark(next.get());
                if (isBlank(bytes)) {
                    blankSince = blankSince == 0 ? line : blankSince;
                    continue;
                }
                return Optional.of(row(bytes));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read after line " + line, e);
        }
    }

    private NumberedRow row(byte[] bytes) {
        if (blankSince > 0) {
            long blank = blankSince;
            blankSince = 0;
            afterBlank = Optional.of(bytes);
            throw new RowException(file, blank, "is blank; remove it, each line must hold one row");
        }
        try {
            Map<String, @Nullable Object> object = JsonLine.read(bytes);
            return new NumberedRow(file, line, object.size(), format.checkedRow(object));
        } catch (RowRefusal e) {
            throw new RowException(file, line, e.reason());
        }
    }

    private byte[] withoutMark(byte[] bytes) {
        boolean marked = line == 1 && bytes.length >= 3 && Arrays.equals(bytes, 0, 3, MARK, 0, 3);
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\f' && b != 0x0b) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be closed", e);
        }
    }
}
