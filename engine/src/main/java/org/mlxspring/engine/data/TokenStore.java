package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mlxspring.engine.files.FileContent;
import org.mlxspring.engine.files.Storage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokenized rows in a file, plain or sealed. Never changed once written.
 *
 * <p>The file, little-endian: {@value #MAGIC}, the format's version and the header's length as two int32, the header
 * ({@link Origin} as JSON, padded with spaces to a multiple of 8 bytes), all tokens as int32 (padded to a multiple of 8
 * bytes), the spans of all targets as pairs of int32, for each row the numbers of its first token and its first span and its
 * id as int64 and its length, number of spans and key count and a zero as int32, and at the end the numbers of tokens and spans
 * as int64, the number of rows and the CRC-32C of all before as int32.
 */
public final class TokenStore implements TokenizedRows {

    static final String MAGIC = "mlxtoken";
    static final int VERSION = 3;
    static final int PREFIX = 16;
    static final int ENTRY = 40;
    static final int END = 24;
    static final int SPAN = 2 * Integer.BYTES;
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final Origin origin;
    private final FileContent content;
    private final long tokens;
    private final int rows;
    private final long firstToken;
    private final long firstSpan;
    private final long index;

    private TokenStore(Origin origin, FileContent content, long tokens, long spans, int rows, long firstToken) {
        this.origin = origin;
        this.content = content;
        this.tokens = tokens;
        this.rows = rows;
        this.firstToken = firstToken;
        this.firstSpan = firstToken + aligned(tokens * Integer.BYTES);
        this.index = firstSpan + spans * SPAN;
    }

    /**
     * What a store was made from.
     *
     * @param tokenizer {@link org.mlxspring.engine.text.Tokenizer#fingerprint()}
     * @param template {@link org.mlxspring.engine.text.Tokenizer#templateHash()}
     * @param targets what of the rows is learned: the name of a {@link LossMask}, or {@code preference}
     * @param keys names of the keys of the rows
     * @param source what the rows are: SHA-256, in hexadecimal, of their file, or the name of their dataset version
     */
    public record Origin(String tokenizer, String template, String targets, RowKeys keys, String source) {

        /** What differs, in words; empty when nothing does. */
        List<String> differences(Origin other) {
            List<String> differences = new ArrayList<>();
            if (!tokenizer.equals(other.tokenizer)) {
                differences.add("the tokenizer");
            }
            if (!template.equals(other.template)) {
                differences.add("the chat template");
            }
            if (!targets.equals(other.targets)) {
                differences.add("what is learned (" + targets + " there, " + other.targets + " now)");
            }
            if (!Objects.equals(keys, other.keys)) {
                differences.add("the names of the keys");
            }
            if (!source.equals(other.source)) {
                differences.add("the rows");
            }
            return differences;
        }
    }

    static long aligned(long bytes) {
        return bytes + 7 & ~7L;
    }

    /**
     * Opens a plain store and checks its checksum.
     *
     * @throws DataException when it is not a whole token store
     */
    public static TokenStore open(Path file) {
        return open(file, Storage.plain());
    }

    /**
     * Opens a store and checks its checksum.
     *
     * @param storage how it was written
     * @throws DataException when it is not a whole token store, or the key is another one
     */
    public static TokenStore open(Path file, Storage storage) {
        try {
            return read(file, storage);
        } catch (UncheckedIOException e) {
            throw new DataException(file + " cannot be opened as a token store", e);
        }
    }

    private static TokenStore read(Path file, Storage storage) {
        FileContent content;
        try {
            content = storage.open(file);
        } catch (IOException e) {
            throw new DataException(file + " cannot be opened as a token store", e);
        }
        boolean named = content.size() >= PREFIX + END
                && new String(content.bytes(0, MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC);
        if (!named) {
            throw new DataException(file + " is not a token store; delete it and prepare the dataset again");
        }
        int version = content.intAt(8);
        if (version != VERSION) {
            throw new DataException(file + " has the format version " + version + ", and " + VERSION
                    + " is read here; delete it and prepare the dataset again");
        }
        // A file that was cut may end anywhere; numbers are read only where they are aligned.
        long end = content.size() % 8 == 0 ? content.size() - END : 0;
        long tokens = content.longAt(end);
        long spans = content.longAt(end + 8);
        int rows = content.intAt(end + 16);
        int header = content.intAt(12);
        long firstToken = PREFIX + (long) header;
        boolean plausible = end > 0
                && header >= 0
                && rows >= 0
                && tokens >= 0
                && tokens < content.size()
                && spans >= 0
                && spans < content.size();
        long expected = firstToken + aligned(tokens * Integer.BYTES) + spans * SPAN + (long) rows * ENTRY + END;
        if (!plausible
                || content.size() != expected
                || content.checksum(content.size() - 4) != content.intAt(content.size() - 4)) {
            throw new DataException(
                    file + " is damaged, its checksum is wrong; delete it and prepare the dataset again");
        }
        try {
            Origin origin = JSON.readValue(content.bytes(PREFIX, header), Origin.class);
            return new TokenStore(origin, content, tokens, spans, rows, firstToken);
        } catch (JacksonException e) {
            throw new DataException(file + " has a header that cannot be read; prepare the dataset again", e);
        }
    }

    /**
     * Opens a store that must have been made from {@code expected}.
     *
     * @throws DataException when it is not a whole token store, or made from something else; the message says what
     *     differs
     */
    public static TokenStore open(Path file, Origin expected) {
        TokenStore store = open(file);
        List<String> differences = store.origin.differences(expected);
        if (!differences.isEmpty()) {
            throw new DataException(file + " was made from something else: " + String.join(", ", differences)
                    + " changed; prepare the dataset again");
        }
        return store;
    }

    /** The store at a place, if there is a whole one there that was made from {@code origin}. */
    static Optional<TokenStore> openIfMadeFrom(Path file, Origin origin) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(file, origin));
        } catch (DataException outdated) {
            // It is written anew, which is what every one of its messages asks for.
            return Optional.empty();
        }
    }

    /** What this store was made from. */
    public Origin origin() {
        return origin;
    }

    /** Tokens of all rows. */
    public long tokens() {
        return tokens;
    }

    @Override
    public long id(int row) {
        return content.longAt(entry(row) + 16);
    }

    @Override
    public int size() {
        return rows;
    }

    @Override
    public int rowsPerExample() {
        return origin.targets().equals(PreferenceEncoding.NAME) ? 2 : 1;
    }

    @Override
    public TokenizedRow get(int row) {
        long start = content.longAt(entry(row));
        int[] ids = content.ints(firstToken + start * Integer.BYTES, length(row));
        return new TokenizedRow(ids, targets(row));
    }

    @Override
    public int length(int row) {
        return content.intAt(entry(row) + 24);
    }

    @Override
    public int[] targets(int row) {
        long start = content.longAt(entry(row) + 8);
        return content.ints(firstSpan + start * SPAN, 2 * content.intAt(entry(row) + 28));
    }

    @Override
    public int keyCount(int row) {
        return content.intAt(entry(row) + 32);
    }

    private long entry(int row) {
        return index + (long) Objects.checkIndex(row, rows) * ENTRY;
    }

    /** Writes a store beside its place; it appears there, whole, with {@link #finish()}. For one thread. */
    public static final class Writer implements RowSink, AutoCloseable {

        private final TokenStoreWriter writer;
        private final Path file;
        private final Storage storage;

        /** Begins a plain store, see {@link #Writer(Path, Origin, Storage)}. */
        public Writer(Path file, Origin origin) {
            this(file, origin, Storage.plain());
        }

        /**
         * Begins a store; missing folders are made.
         *
         * @throws DataException when its folder cannot be written to
         */
        public Writer(Path file, Origin origin, Storage storage) {
            this.file = file;
            this.storage = storage;
            this.writer = TokenStoreWriter.begin(file, origin, storage);
        }

        @Override
        public void add(long id, TokenizedRow row, int keyCount) {
            writer.add(id, row, keyCount);
        }

        /** Ends the file, flushes it to the disk, moves it to its place and opens it. */
        public TokenStore finish() {
            writer.finish();
            return open(file, storage);
        }

        /** Removes what was written, unless it was finished. */
        @Override
        public void close() {
            writer.close();
        }
    }
}
