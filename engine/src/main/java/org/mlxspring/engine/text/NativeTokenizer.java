package org.mlxspring.engine.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hugging Face's tokenizers library, as DJL brings it. Only ids are asked of it; DJL's own {@code encode} would also copy
 * tokens, spans and masks out of it for each text.
 */
final class NativeTokenizer implements AutoCloseable {

    private static final ReentrantLock LOADING = new ReentrantLock();
    /** Whole texts: without these DJL cuts at 512 tokens and pads. */
    private static final Map<String, String> OPTIONS =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");

    private final HuggingFaceTokenizer tokenizer;

    private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static NativeTokenizer load(Path folder, byte[] json) {
        LOADING.lock();
        Map<String, Optional<String>> before = configure();
        try {
            return new NativeTokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
        } catch (EngineException | UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new TokenizerException(
                    folder,
                    "the tokenizers library cannot be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "; it is unpacked into " + cacheFolder()
                            + ", which must be writable and allow running code (DJL_CACHE_DIR names another folder)",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new TokenizerException(folder, "tokenizer.json cannot be used: " + e.getMessage(), e);
        } finally {
            restore(before);
            LOADING.unlock();
        }
    }

    /** Keeps DJL off the network and gives it a folder it can write to, only while it loads. */
    private static Map<String, Optional<String>> configure() {
        Map<String, Optional<String>> before = new HashMap<>();
        Map.of(
                        "ai.djl.offline",
                        "true",
                        "OPT_OUT_TRACKING",
                        "true",
                        "ENGINE_CACHE_DIR",
                        cacheFolder().toString())
                .forEach((name, value) -> {
                    before.put(name, Optional.ofNullable(System.getProperty(name)));
                    System.setProperty(name, value);
                });
        return before;
    }

    private static void restore(Map<String, Optional<String>> before) {
        before.forEach((name, value) ->
                value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    }

    private static Path cacheFolder() {
        for (String name : new String[] {"ENGINE_CACHE_DIR", "DJL_CACHE_DIR"}) {
            String configured = Optional.ofNullable(System.getenv(name)).orElse(System.getProperty(name, ""));
            if (!configured.isEmpty()) {
                return Path.of(configured);
            }
        }
        Path home = Path.of(System.getProperty("user.home"), ".djl.ai");
        Path nearest = Files.exists(home) ? home : home.getParent();
        return nearest != null && Files.isWritable(nearest)
                ? home
                : Path.of(System.getProperty("java.io.tmpdir"), "djl.ai-" + System.getProperty("user.name"));
    }

    int[] encode(String text, boolean addSpecialTokens) {
        return ids(TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, addSpecialTokens));
    }

    /**
     * Token ids, and for each the characters of the text that it holds, as UTF-16 places; a token that holds none ends
     * where it starts.
     */
    PlacedTokens encodePlaced(String text) {
        long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, false);
        CharSpan[] places = TokenizersLibrary.LIB.getTokenCharSpans(encoding);
        int[] starts = new int[places.length];
        int[] ends = new int[places.length];
        // The library counts code points.
        int[] units = new int[text.codePointCount(0, text.length()) + 1];
        for (int i = 1; i < units.length; i++) {
            units[i] = units[i - 1] + Character.charCount(text.codePointAt(units[i - 1]));
        }
        for (int i = 0; i < places.length; i++) {
            CharSpan place = places[i];
            if (place != null) {
                starts[i] = units[place.getStart()];
                ends[i] = units[place.getEnd()];
            }
        }
        return new PlacedTokens(ids(encoding), starts, ends);
    }

    private static int[] ids(long encoding) {
        long[] wide = TokenizersLibrary.LIB.getTokenIds(encoding);
        TokenizersLibrary.LIB.deleteEncoding(encoding);
        int[] ids = new int[wide.length];
        for (int i = 0; i < wide.length; i++) {
            ids[i] = Math.toIntExact(wide[i]);
        }
        return ids;
    }

    String decode(int[] ids, boolean skipSpecialTokens) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        return TokenizersLibrary.LIB.decode(tokenizer.getHandle(), wide, skipSpecialTokens);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
