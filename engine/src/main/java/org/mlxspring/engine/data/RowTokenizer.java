package org.mlxspring.engine.data;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.TokenizerException;
import org.mlxspring.engine.text.jinja.TemplateException;

/** Rows to token ids, one by one or a whole file. Safe for several threads. */
public final class RowTokenizer {

    /** Rows that one thread tokenizes before it takes others. */
    private static final int CHUNK = 256;
    /** Chunks that wait, beside those that are at work. */
    private static final int AHEAD = 2;

    private final Tokenizer tokenizer;
    private final RowEncoding encoding;

    /**
     * For rows with one answer, as mlx-lm tokenizes them.
     *
     * @param tokenizer the base model's
     * @param mask what of a row is learned
     */
    public RowTokenizer(Tokenizer tokenizer, LossMask mask) {
        this(tokenizer, new SupervisedEncoding(mask));
    }

    private RowTokenizer(Tokenizer tokenizer, RowEncoding encoding) {
        this.tokenizer = tokenizer;
        this.encoding = encoding;
    }

    /** For preferences: each becomes two rows, the better answer first. */
    public static RowTokenizer ofPreferences(Tokenizer tokenizer) {
        return new RowTokenizer(tokenizer, new PreferenceEncoding());
    }

    /**
     * For judging a model on rows of any format: of a preference only the better answer counts, whatever the mask.
     *
     * @param mask what of a row with one answer counts
     */
    public static RowTokenizer ofAny(Tokenizer tokenizer, LossMask mask) {
        return new RowTokenizer(tokenizer, new AnyEncoding(mask));
    }

    /**
     * Tokenizes one row.
     *
     * @return one row of ids; for a preference two, the better answer first
     * @throws RowException when the row does not suit the tokenizer or the chat template refuses it
     */
    public List<TokenizedRow> tokenize(NumberedRow row) {
        try {
            return tokenize(row.row());
        } catch (RowRefusal e) {
            throw new RowException(row.file(), row.line(), e.reason());
        }
    }

    /**
     * Tokenizes a row that is in no file.
     *
     * @param id number that the row goes by
     * @param json its JSON object, UTF-8
     * @throws RowRefusal when it is no row that can be used
     */
    public EncodedRow tokenize(long id, byte[] json, RowKeys keys) throws RowRefusal {
        Map<String, @Nullable Object> object = JsonLine.read(json);
        Row row = encoding.format(keys).checkedRow(object);
        return new EncodedRow(id, tokenize(row), object.size());
    }

    /**
     * Tokenizes one row that stands in no file.
     *
     * @return one row of ids; for a preference two, the better answer first
     * @throws RowRefusal when the row does not suit the tokenizer or the chat template refuses it
     */
    public List<TokenizedRow> tokenize(Row row) throws RowRefusal {
        try {
            return encoding.encode(row, tokenizer);
        } catch (TemplateException e) {
            throw new RowRefusal("is refused by the " + e.getMessage());
        } catch (TokenizerException e) {
            throw new RowRefusal("cannot be tokenized with " + e.getMessage());
        }
    }

    /**
     * What a store of rows that this tokenizes is made from.
     *
     * @param source as {@link TokenStore.Origin} has it
     */
    public TokenStore.Origin origin(RowKeys keys, String source) {
        return new TokenStore.Origin(tokenizer.fingerprint(), tokenizer.templateHash(), encoding.name(), keys, source);
    }

    /**
     * Tokenizes a whole file on all cores and hands the rows over in the order of the file, while others are read and
     * tokenized; only a few thousand of them are in memory at once.
     *
     * @throws RowException for the first row of the file that cannot be used
     */
    public void tokenize(RowFile file, RowKeys keys, RowSink sink) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (RowReader reader = RowReader.open(file, encoding.format(keys));
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Deque<Future<List<EncodedRow>>> ahead = new ArrayDeque<>();
            try {
                boolean more = true;
                while (more || !ahead.isEmpty()) {
                    if (more && ahead.size() < threads + AHEAD) {
                        List<NumberedRow> chunk = new ArrayList<>(CHUNK);
                        Optional<RowException> bad = read(reader, chunk);
                        more = bad.isEmpty() && chunk.size() == CHUNK;
                        ahead.add(pool.submit(() -> encode(chunk, bad)));
                    } else {
                        ahead.remove().get().forEach(each -> each.to(sink));
                    }
                }
            } finally {
                ahead.forEach(each -> each.cancel(false));
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("tokenization was interrupted", e);
        }
    }

    /** Fills a chunk up to the end of the file, or up to a row that cannot be used. */
    private static Optional<RowException> read(RowReader reader, List<NumberedRow> chunk) {
        try {
            Optional<NumberedRow> next = reader.read();
            while (next.isPresent()) {
                chunk.add(next.get());
                next = chunk.size() < CHUNK ? reader.read() : Optional.empty();
            }
            return Optional.empty();
        } catch (RowException e) {
            return Optional.of(e);
        }
    }

    /** @param bad what is wrong with the row after these; one of these may be wrong as well, and comes first */
    private List<EncodedRow> encode(List<NumberedRow> chunk, Optional<RowException> bad) {
        List<EncodedRow> encoded = new ArrayList<>(chunk.size());
        for (NumberedRow row : chunk) {
            encoded.add(new EncodedRow(row.line(), tokenize(row), row.keyCount()));
        }
        if (bad.isPresent()) {
            throw bad.get();
        }
        return encoded;
    }

    /** Tokenizes a whole plain file into memory. */
    public TokenizedRows inMemory(Path file, RowKeys keys) {
        return inMemory(RowFile.plain(file), keys);
    }

    /** Tokenizes a whole file into memory. */
    public TokenizedRows inMemory(RowFile file, RowKeys keys) {
        var rows = new MemoryRows(encoding.rowsPerExample());
        tokenize(file, keys, rows);
        return rows;
    }

    /**
     * The token store of a file: the one at {@code store} when it was made from the same file, tokenizer, chat template
     * and settings, and a newly written one otherwise.
     */
    public TokenStore stored(Path file, RowKeys keys, Path store) {
        TokenStore.Origin origin = origin(keys, FileHash.sha256(file));
        Optional<TokenStore> kept = TokenStore.openIfMadeFrom(store, origin);
        if (kept.isPresent()) {
            return kept.get();
        }
        try (var writer = new TokenStore.Writer(store, origin)) {
            tokenize(RowFile.plain(file), keys, writer);
            return writer.finish();
        }
    }
}
