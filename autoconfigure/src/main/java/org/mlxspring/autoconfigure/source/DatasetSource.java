package org.mlxspring.autoconfigure.source;

import java.util.Optional;
import java.util.stream.Stream;
import org.mlxspring.autoconfigure.dataset.IntakeMode;

/**
 * Rows that the application itself knows how to find. A bean of this type is a source beside those of {@code
 * mlx.datasets.sources}: it is imported on demand, and before the runs of a schedule on its dataset.
 */
public interface DatasetSource {

    /** Its name; letters, digits, {@code . _ -}, different from those of all other sources. */
    String name();

    /** Name of the dataset that its rows go to. */
    String dataset();

    /** Whether its rows are the whole dataset, or come on top of what is there; the latter by default. */
    default IntakeMode mode() {
        return IntakeMode.APPEND;
    }

    /**
     * Begins to read; in the same order each time for as long as nothing changed. The stream is closed at the end.
     *
     * @param watermark the largest watermark of the rows of the last import that was finished, as {@link
     *     SourceRow#watermark} gave it; empty at first. Rows of that same watermark should be given again: those that are
     *     there already are not doubled
     */
    Stream<SourceRow> open(Optional<String> watermark);
}
