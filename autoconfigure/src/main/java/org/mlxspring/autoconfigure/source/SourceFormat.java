package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mlxspring.autoconfigure.problem.ProblemException;

/** Formats of files that rows are read from. */
enum SourceFormat {
    JSON_LINES(
            List.of("application/x-ndjson", "application/jsonl", "application/x-jsonlines"),
            List.of("jsonl", "ndjson")),
    CSV(List.of("text/csv"), List.of("csv")),
    TEXT(List.of("text/plain"), List.of("txt", "text")),
    MARKDOWN(List.of("text/markdown"), List.of("md", "markdown")),
    ZIP(List.of("application/zip", "application/x-zip-compressed"), List.of("zip"));

    private final List<String> mediaTypes;
    private final List<String> extensions;

    SourceFormat(List<String> mediaTypes, List<String> extensions) {
        this.mediaTypes = mediaTypes;
        this.extensions = extensions;
    }

    /** The format of a Content-Type, whatever its parameters. */
    static Optional<SourceFormat> ofMediaType(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return of(format -> format.mediaTypes.contains(type));
    }

    /** @throws ProblemException if rows are not read from what a request says it sends */
    static SourceFormat ofRequest(String contentType) {
        return ofMediaType(contentType)
                .orElseThrow(() -> ProblemException.invalid(
                        "Unknown format",
                        "The content type is '" + contentType + "'; rows are read from application/x-ndjson, text/csv,"
                                + " text/plain, text/markdown and application/zip.",
                        Map.of("field", "contentType")));
    }

    /** The format of a file by the end of its name. */
    static Optional<SourceFormat> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return of(format -> format.extensions.stream().anyMatch(extension -> lower.endsWith("." + extension)));
    }

    private static Optional<SourceFormat> of(Predicate<SourceFormat> wanted) {
        return List.of(values()).stream().filter(wanted).findFirst();
    }

    /**
     * The rows of a file.
     *
     * @param part how the file is called in places
     * @param in its bytes; closed with the rows
     * @param limits what a zip may unpack to
     */
    RawRows open(String part, InputStream in, ZipLimits limits) throws IOException {
        return switch (this) {
            case JSON_LINES -> new JsonLinesRows(part, TextEncoding.utf8(part, in));
            case CSV -> new CsvRows(part, TextEncoding.utf8(part, in));
            case TEXT, MARKDOWN -> new DocumentRows(part, TextEncoding.utf8(part, in), this == MARKDOWN);
            case ZIP -> new ZipRows(in, limits);
        };
    }
}
