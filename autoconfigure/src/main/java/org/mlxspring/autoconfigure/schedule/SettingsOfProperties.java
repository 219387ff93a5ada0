package org.mlxspring.autoconfigure.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings as the engine takes them, from application properties: names may be written with hyphens ({@code
 * batch-size}), numbers arrive as text from a {@code .properties} file or the environment, and lists as maps from their
 * index.
 */
final class SettingsOfProperties {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

    private SettingsOfProperties() {}

    static Map<String, Object> read(Map<String, ?> given) {
        Map<String, Object> settings = new LinkedHashMap<>();
        given.forEach((name, value) -> settings.put(name.replace('-', '_'), value(value)));
        return settings;
    }

    private static Object value(Object given) {
        return switch (given) {
            case Map<?, ?> map -> mapOrList(map);
            case List<?> list -> list.stream().map(SettingsOfProperties::value).toList();
            case String text -> scalar(text);
            default -> given;
        };
    }

    private static Object mapOrList(Map<?, ?> map) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((name, value) -> entries.put(String.valueOf(name), value));
        if (!entries.isEmpty()
                && entries.keySet().stream()
                        .allMatch(name -> INDEX.matcher(name).matches())) {
            TreeMap<Integer, Object> byIndex = new TreeMap<>();
            entries.forEach((index, value) -> byIndex.put(Integer.valueOf(index), value(value)));
            return new ArrayList<>(byIndex.values());
        }
        return read(entries);
    }

    private static Object scalar(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (WHOLE.matcher(text).matches()) {
            long whole = Long.parseLong(text);
            return whole == (int) whole ? (Object) (int) whole : (Object) whole;
        }
        return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }
}
