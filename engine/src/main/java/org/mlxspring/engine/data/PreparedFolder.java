package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.files.Storage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A prepared dataset: a folder with the {@link TokenSegments} of each split and, once all rows are there, the file {@code
 * segments.json}, which says how many segments each split has, so that the loss of one is noticed.
 *
 * @param path the folder
 * @param storage how the segments are written; {@code segments.json} is always plain
 */
public record PreparedFolder(Path path, Storage storage) {

    private static final String COUNTS = "segments.json";
    private static final TypeReference<Map<String, Integer>> BY_SPLIT = new TypeReference<>() {};
    private static final JsonMapper JSON = new JsonMapper();

    /** The rows of a split, to add to them or to take some out. */
    public TokenSegments segments(Split split) {
        return new TokenSegments(path.resolve(split.label()), storage);
    }

    /** Notes that the rows of all splits are there. */
    public void complete() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Split split : Split.values()) {
            counts.put(split.label(), segments(split).count());
        }
        try {
            DurableFile.write(path.resolve(COUNTS), JSON.writeValueAsBytes(counts));
        } catch (IOException e) {
            throw new DataException(path.resolve(COUNTS) + " could not be written", e);
        }
    }

    /** Whether the rows of all splits were there and no segment was lost since. */
    public boolean isComplete() {
        return problem().isEmpty();
    }

    /**
     * The rows of a split; empty if it has none.
     *
     * @param tokenizer what is to have made the tokens
     * @throws DataException when the preparation did not come to its end, a segment of any split is missing, or one of this
     *     split is damaged or was made from something else
     */
    public Optional<TokenizedRows> rows(Split split, RowTokenizer tokenizer) {
        problem().ifPresent(problem -> {
            throw new DataException(path + " " + problem + "; prepare the dataset again");
        });
        TokenSegments segments = segments(split);
        return segments.count() == 0 ? Optional.empty() : Optional.of(segments.open(tokenizer));
    }

    private Optional<String> problem() {
        Path file = path.resolve(COUNTS);
        if (!Files.isRegularFile(file)) {
            return Optional.of("has no " + COUNTS + ", so its preparation did not come to its end");
        }
        try {
            Map<String, Integer> counts = JSON.readValue(Files.readAllBytes(file), BY_SPLIT);
            for (Split split : Split.values()) {
                int wanted = counts.getOrDefault(split.label(), 0);
                int there = segments(split).count();
                if (there != wanted) {
                    return Optional.of(
                            "has " + there + " segments of the split " + split.label() + " and not " + wanted);
                }
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of("has a " + COUNTS + " that cannot be read");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
