package org.mlxspring.autoconfigure.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources say about each component of a record, so that the description says the same. */
final class RecordComments {
    private static final Path SOURCES = Path.of("src/main/java/org/mlxspring/autoconfigure");
    private static final Pattern COMMENT =
            Pattern.compile("/\\*\\*(.*?)\\*/\\s*(?:@\\w+[^\\n]*\\s+)*public record (\\w+)", Pattern.DOTALL);
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*?)(?=@param|@throws|$)", Pattern.DOTALL);

    private final Map<String, String> comments = new LinkedHashMap<>();

    RecordComments() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first sentences of the record's comment. */
    Optional<String> of(String type) {
        return Optional.ofNullable(comments.get(type));
    }

    /** The comment of one component. */
    Optional<String> of(String type, String component) {
        return Optional.ofNullable(comments.get(type + "." + component));
    }

    private void read(Path file) {
        Matcher records = COMMENT.matcher(text(file));
        while (records.find()) {
            String comment = plain(records.group(1).substring(records.group(1).lastIndexOf("/**") + 1));
            String type = records.group(2);
            comments.put(type, comment.replaceFirst("(?s)@param.*", "").strip());
            Matcher params = PARAM.matcher(comment);
            while (params.find()) {
                comments.put(type + "." + params.group(1), params.group(2).strip());
            }
        }
    }

    private static String plain(String comment) {
        return comment.replaceAll("[ \\t]*\\n\\s*\\*[ \\t]?", " ")
                .replaceAll("\\{@code ([^}]*)}", "$1")
                .replaceAll("\\{@link #?([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .replaceAll("^[*\\s]+|[*\\s]+$", "")
                .strip();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
