package org.mlxspring.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.TokenizerException;
import org.mlxspring.engine.text.jinja.TemplateException;

/**
 * Rows to token ids, as mlx-lm does it: text rows get the eos token at their end, the others go through the chat
 * template. Safe for several threads.
 */
public final class RowTokenizer {

    private static final int CHUNK = 512;

    private final Tokenizer tokenizer;
    private final boolean maskPrompt;

    /**
     * @param tokenizer the base model's
     * @param maskPrompt whether only the last message or the completion is learned
     */
    public RowTokenizer(Tokenizer tokenizer, boolean maskPrompt) {
        this.tokenizer = tokenizer;
        this.maskPrompt = maskPrompt;
    }

    /**
     * Tokenizes one row.
     *
     * @throws RowException when the row does not suit the tokenizer or the chat template refuses it
     */
    public TokenizedRow tokenize(NumberedRow row) {
        try {
            return switch (row.row()) {
                case TextRow(String text) -> text(row, text);
                case ChatRow(List<Map<String, Object>> messages, List<Map<String, Object>> tools) ->
                    chat(messages, tools);
                case CompletionRow(String prompt, String completion, List<Map<String, Object>> tools) ->
                    chat(
                            List.of(
                                    Map.of("role", "user", "content", prompt),
                                    Map.of("role", "assistant", "content", completion)),
                            tools);
            };
        } catch (TemplateException e) {
            throw new RowException(row.file(), row.line(), "is refused by the " + e.getMessage());
        } catch (TokenizerException e) {
            throw new RowException(row.file(), row.line(), "cannot be tokenized with " + e.getMessage());
        }
    }

    private TokenizedRow text(NumberedRow row, String text) {
        if (maskPrompt) {
            throw new RowException(
                    row.file(), row.line(), "is a text row, which has no prompt to mask; switch mask_prompt off");
        }
        OptionalInt eos = tokenizer.eosToken();
        if (eos.isEmpty()) {
            throw new RowException(
                    row.file(),
                    row.line(),
                    "needs an end, but " + tokenizer.folder() + " has no eos_token; add it to tokenizer_config.json");
        }
        int[] tokens = tokenizer.encode(text, true);
        if (tokens.length > 0 && tokens[tokens.length - 1] == eos.getAsInt()) {
            return new TokenizedRow(tokens, 0);
        }
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = eos.getAsInt();
        return new TokenizedRow(ended, 0);
    }

    private TokenizedRow chat(List<Map<String, Object>> messages, List<Map<String, Object>> tools) {
        int[] tokens = tokenizer.encodeChat(messages, tools, false);
        if (!maskPrompt) {
            return new TokenizedRow(tokens, 0);
        }
        boolean answered = "assistant".equals(messages.getLast().get("role"));
        List<Map<String, Object>> prompt = messages.subList(0, messages.size() - 1);
        return new TokenizedRow(tokens, tokenizer.encodeChat(prompt, tools, answered).length);
    }

    /**
     * Tokenizes a whole file on all cores and hands the rows over in the order of the file.
     *
     * @throws RowException for the first row of the file that cannot be used
     */
    public void tokenize(Path file, RowKeys keys, RowSink sink) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (RowReader reader = RowReader.open(file, keys, maskPrompt);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<NumberedRow> chunk = new ArrayList<>(CHUNK);
            boolean more = true;
            while (more) {
                chunk.clear();
                Optional<RowException> bad = Optional.empty();
                while (more && chunk.size() < CHUNK && bad.isEmpty()) {
                    try {
                        Optional<NumberedRow> next = reader.read();
                        next.ifPresent(chunk::add);
                        more = next.isPresent();
                    } catch (RowException e) {
                        bad = Optional.of(e);
                    }
                }
                tokenize(chunk, sink, pool);
                if (bad.isPresent()) {
                    throw bad.get();
                }
            }
        }
    }

    private void tokenize(List<NumberedRow> chunk, RowSink sink, ExecutorService pool) {
        List<Future<TokenizedRow>> results = new ArrayList<>(chunk.size());
        chunk.forEach(row -> results.add(pool.submit(() -> tokenize(row))));
        try {
            for (int i = 0; i < chunk.size(); i++) {
                sink.add(results.get(i).get(), chunk.get(i).keyCount());
            }
        } catch (ExecutionException e) {
            results.forEach(result -> result.cancel(false));
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            results.forEach(result -> result.cancel(false));
            Thread.currentThread().interrupt();
            throw new DataException("tokenization was interrupted", e);
        }
    }

    /** Tokenizes a whole file into memory. */
    public TokenizedRows inMemory(Path file, RowKeys keys) {
        var rows = new MemoryRows();
        tokenize(file, keys, rows);
        return rows;
    }

    /**
     * The token store of a file: the one at {@code store} when it was made from the same file, tokenizer, chat template
     * and settings, and a newly written one otherwise.
     */
    public TokenStore stored(Path file, RowKeys keys, Path store) {
        var origin = new TokenStore.Origin(
                tokenizer.fingerprint(), tokenizer.templateHash(), maskPrompt, keys, FileHash.sha256(file));
        Optional<TokenStore> kept = TokenStore.openIfMadeFrom(store, origin);
        if (kept.isPresent()) {
            return kept.get();
        }
        try (var writer = new TokenStore.Writer(store, origin)) {
            tokenize(file, keys, writer);
            return writer.finish();
        }
    }
}
