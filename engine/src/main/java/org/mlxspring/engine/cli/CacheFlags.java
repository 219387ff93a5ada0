package org.mlxspring.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.generate.CacheSettings;
import org.mlxspring.engine.generate.KeyPacking;
import org.mlxspring.engine.generate.StoredCaches;
import picocli.CommandLine.Option;

/** How keys and values are kept, as flags. */
final class CacheFlags {

    @Option(
            names = "--max-kv-size",
            paramLabel = "N",
            description = "Most tokens whose keys and values are kept: the first four and the last ones (default: all)."
                    + " As in mlx-lm, without effect on models whose layers choose their caches, such as llama.")
    private @Nullable Integer maxKvSize;

    @Option(
            names = "--kv-bits",
            paramLabel = "N",
            description = "Pack keys and values in 2, 3, 4, 5, 6 or 8 bits (default: the model's own precision).")
    private @Nullable Integer kvBits;

    @Option(
            names = "--kv-group-size",
            paramLabel = "N",
            defaultValue = "" + KeyPacking.DEFAULT_GROUP_SIZE,
            description = "Features that share a scale when packed (default: ${DEFAULT-VALUE}).")
    private int kvGroupSize;

    @Option(
            names = "--quantized-kv-start",
            paramLabel = "N",
            defaultValue = "" + KeyPacking.DEFAULT_START,
            description = "Pack once the text has so many tokens (default: ${DEFAULT-VALUE}).")
    private int quantizedKvStart;

    @Option(
            names = "--prompt-cache-file",
            paramLabel = "FILE",
            description = "Keys and values of the beginning of the prompt, as mlx-lm's cache_prompt wrote them.")
    private @Nullable Path promptCacheFile;

    boolean hasStored() {
        return promptCacheFile != null;
    }

    /** What {@code --max-kv-size} does not do for a model, where it is given in vain. */
    Optional<String> warning(String modelType) {
        return maxKvSize == null || CacheSettings.isBounded(modelType)
                ? Optional.empty()
                : Optional.of("--max-kv-size has no effect on a model of the type " + modelType
                        + ", whose layers choose their caches, as in mlx-lm.");
    }

    /**
     * The folder of the model: the given one, or the one that a stored prompt was made with.
     *
     * @throws UsageException if there is none, or they differ
     */
    String model(@Nullable String given) {
        if (promptCacheFile == null) {
            if (given == null) {
                throw new UsageException("--model is missing: give the model's folder.");
            }
            return given;
        }
        if (!Files.isRegularFile(promptCacheFile)) {
            throw new UsageException("--prompt-cache-file " + promptCacheFile + ": there is no such file.");
        }
        String maker = new StoredCaches(promptCacheFile)
                .model()
                .orElseThrow(() -> new UsageException("--prompt-cache-file " + promptCacheFile
                        + " names no model; it must be a file that mlx_lm.cache_prompt wrote."));
        if (given != null && !sameFolder(given, maker)) {
            throw new UsageException("--model is " + given + ", but --prompt-cache-file was made with " + maker + ".");
        }
        return given == null ? maker : given;
    }

    private static boolean sameFolder(String one, String other) {
        return Path.of(one)
                .toAbsolutePath()
                .normalize()
                .equals(Path.of(other).toAbsolutePath().normalize());
    }

    CacheSettings settings() {
        return new CacheSettings(
                maxKvSize == null ? OptionalInt.empty() : OptionalInt.of(maxKvSize),
                kvBits == null ? Optional.empty() : Optional.of(new KeyPacking(kvBits, kvGroupSize, quantizedKvStart)),
                Optional.ofNullable(promptCacheFile));
    }
}
