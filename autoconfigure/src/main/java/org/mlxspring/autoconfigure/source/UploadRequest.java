package org.mlxspring.autoconfigure.source;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.engine.data.Split;

/**
 * What is to be imported from files.
 *
 * @param dataset name of the dataset
 * @param mode whether the rows are the whole content
 * @param parts the files, at least one; gone through once, each read before the next is asked for
 * @param columns name of a column or key by what it holds: {@code prompt}, {@code completion}, {@code text}, {@code
 *     messages}, {@code tools}, {@code chosen}, {@code rejected}, {@code id}, {@code subject}, {@code split}; empty
 *     where the formats' own names are used
 * @param skipLimit rows that cannot be used which it may have, as a number or a share such as {@code 0.1%}; empty for
 *     {@code mlx.datasets.imports.skip-limit}
 */
public record UploadRequest(
        String dataset, IntakeMode mode, Iterable<Part> parts, Map<String, String> columns, Optional<String> skipLimit) {

    /**
     * @param name how the file is called in reasons; no name of a person. Empty where there is only one
     * @param contentType {@code application/x-ndjson}, {@code text/csv}, {@code text/plain}, {@code text/markdown} or
     *     {@code application/zip}
     * @param split the split that all of its rows belong to; empty to let the rows decide
     * @param body its bytes; not closed
     */
    public record Part(String name, String contentType, Optional<Split> split, InputStream body) {}

    /** One file with the formats' own names. */
    public static UploadRequest of(String dataset, IntakeMode mode, String contentType, InputStream body) {
        return new UploadRequest(
                dataset,
                mode,
                List.of(new Part("", contentType, Optional.empty(), body)),
                Map.of(),
                Optional.empty());
    }
}
