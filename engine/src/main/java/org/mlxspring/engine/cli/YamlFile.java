package org.mlxspring.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the file of {@code --config}. What Python's YAML 1.1 takes for a truth value or nothing is taken so here. */
final class YamlFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> TRUE = Set.of("True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
    private static final Set<String> NOTHING = Set.of("~", "Null", "NULL");

    private YamlFile() {}

    /**
     * The settings of a file; those without a value are left out.
     *
     * @throws UsageException if there is no such file, or it is no YAML mapping
     */
    static Map<String, Object> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--config " + file + ": there is no such file.");
        }
        Object content;
        try {
            content = YAML.readValue(file.toFile(), Object.class);
        } catch (JacksonException e) {
            String problem = e.getOriginalMessage()
                    .lines()
                    .map(String::strip)
                    .reduce(
                            "",
                            (first, line) ->
                                    line.isEmpty() || line.startsWith("in reader") || line.equals("^") ? first : line);
            int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
            throw new UsageException(
                    "--config " + file + (line > 0 ? ", line " + line : "") + ": this is no YAML: " + problem);
        }
        if (!(content instanceof Map<?, ?> map)) {
            throw new UsageException(
                    "--config " + file + ": this must be a YAML mapping with one 'name: value' per line.");
        }
        return plain(map);
    }

    private static Map<String, Object> plain(Map<?, ?> map) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object item = plain(value);
            if (item != null) {
                plain.put(key.toString(), item);
            }
        });
        return plain;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> plain(map);
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                for (Object item : list) {
                    Object plain = plain(item);
                    if (plain != null) {
                        items.add(plain);
                    }
                }
                yield items;
            }
            case String text when TRUE.contains(text) -> true;
            case String text when FALSE.contains(text) -> false;
            case String text when NOTHING.contains(text) -> null;
            case null -> null;
            default -> value;
        };
    }
}
