package org.mlxspring.engine.text;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A tokenizer that another thread reads while the caller opens MLX and loads the model. Closing it closes the tokenizer. */
public final class TokenizerLoading implements AutoCloseable {

    private final FutureTask<Tokenizer> loading;

    private TokenizerLoading(FutureTask<Tokenizer> loading) {
        this.loading = loading;
    }

    /** Begins to read the tokenizer of a model folder, see {@link Tokenizer#load}. */
    public static TokenizerLoading begin(Path modelFolder) {
        FutureTask<Tokenizer> loading = new FutureTask<>(() -> Tokenizer.load(modelFolder));
        Thread.ofPlatform().name("tokenizer").daemon().start(loading);
        return new TokenizerLoading(loading);
    }

    /**
     * Waits for the tokenizer.
     *
     * @throws TokenizerException when the folder holds no usable tokenizer
     */
    public Tokenizer await() {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the tokenizer was read", e);
        }
    }

    @Override
    public void close() {
        loaded().ifPresent(Tokenizer::close);
    }

    /** The tokenizer once its thread has ended, or nothing if it could not be read. */
    private Optional<Tokenizer> loaded() {
        try {
            return Optional.of(await());
        } catch (RuntimeException | Error e) {
            return Optional.empty();
        }
    }
}
