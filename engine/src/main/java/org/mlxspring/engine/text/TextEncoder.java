package org.mlxspring.engine.text;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.text.bpe.BpeTokenizer;

/**
 * Text to ids by the engine's own tokenizer, where it knows all that {@code tokenizer.json} says, and by Hugging Face's
 * library in every other case; that is loaded when it is first needed. Safe for several threads.
 */
final class TextEncoder implements AutoCloseable {

    private final Path folder;
    private final byte[] json;
    private final Optional<BpeTokenizer> own;
    private Optional<NativeTokenizer> library = Optional.empty();

    private TextEncoder(Path folder, byte[] json) {
        this.folder = folder;
        this.json = json;
        this.own = BpeTokenizer.of(json);
    }

    /** @throws TokenizerException when neither can use the file */
    static TextEncoder load(Path folder, byte[] json) {
        var encoder = new TextEncoder(folder, json);
        if (encoder.own.isEmpty()) {
            encoder.library();
        }
        return encoder;
    }

    private synchronized NativeTokenizer library() {
        if (library.isEmpty()) {
            library = Optional.of(NativeTokenizer.load(folder, json));
        }
        return library.get();
    }

    private Optional<BpeTokenizer> certainOf(String text) {
        return own.filter(tokenizer -> tokenizer.isCertainOf(text));
    }

    int[] encode(String text, boolean addSpecialTokens) {
        return certainOf(text)
                .map(tokenizer -> tokenizer.encode(text, addSpecialTokens))
                .orElseGet(() -> library().encode(text, addSpecialTokens));
    }

    PlacedTokens encodePlaced(String text) {
        return certainOf(text)
                .flatMap(tokenizer -> tokenizer.encodePlaced(text))
                .map(placed -> new PlacedTokens(placed.ids(), placed.starts(), placed.ends()))
                .orElseGet(() -> library().encodePlaced(text));
    }

    /** Encodes a text, and counts the tokens of another one that it usually begins with. */
    BegunTokens encode(String text, String beginning) {
        Optional<BpeTokenizer> tokenizer = certainOf(text);
        if (tokenizer.isEmpty() || !text.startsWith(beginning)) {
            return new BegunTokens(encode(text, false), encode(beginning, false).length);
        }
        BpeTokenizer.BegunIds begun = tokenizer.get().encode(text, beginning.length());
        return new BegunTokens(begun.ids(), begun.beginning());
    }

    String decode(int[] ids, boolean skipSpecialTokens) {
        return library().decode(ids, skipSpecialTokens);
    }

    @Override
    public synchronized void close() {
        library.ifPresent(NativeTokenizer::close);
        library = Optional.empty();
    }
}
