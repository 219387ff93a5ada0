package org.mlxspring.autoconfigure.source;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.UsableName;
import org.springframework.beans.factory.ListableBeanFactory;

/** Checks the sources of the properties, and those that the application brings, when it starts. */
final class SourceCheck {

    private static final String PREFIX = "mlx.datasets.sources.";

    private final ListableBeanFactory beans;
    private final String skipLimit;

    SourceCheck(ListableBeanFactory beans, ImportProperties properties) {
        this.beans = beans;
        this.skipLimit = limit("mlx.datasets.imports.skip-limit", properties.skipLimit());
    }

    /** @throws WrongSourceException naming the first property that is wrong, and what would be right */
    Map<String, NamedSource> check(Map<String, SourceProperties> properties, Collection<DatasetSource> hosts) {
        Map<String, NamedSource> sources = new TreeMap<>();
        properties.forEach((name, source) -> sources.put(name, check(name, source)));
        for (DatasetSource host : hosts) {
            String bean = host.getClass().getName();
            require("the name of the bean " + bean, host.name(), UsableName::rule);
            require("the dataset of the bean " + bean, host.dataset(), UsableName::ruleOfDataset);
            if (sources.put(host.name(), new NamedSource.OfBean(host, skipLimit)) != null) {
                throw new WrongSourceException(
                        "name of the DatasetSource bean " + bean,
                        host.name(),
                        "Another source has this name; it must have one of its own.");
            }
        }
        return sources;
    }

    private NamedSource check(String name, SourceProperties source) {
        String prefix = PREFIX + name + ".";
        require(prefix + "*", name, UsableName::rule);
        String dataset = given(source.dataset())
                .orElseThrow(() -> new WrongSourceException(
                        prefix + "dataset", "not set", "It must be the name of the dataset that its rows go to."));
        require(prefix + "dataset", dataset, UsableName::ruleOfDataset);
        try {
            new ColumnMapping(source.columns());
        } catch (IllegalArgumentException e) {
            throw new WrongSourceException(prefix + "columns", "wrong", String.valueOf(e.getMessage()));
        }
        String limit = source.skipLimit() == null ? skipLimit : limit(prefix + "skip-limit", source.skipLimit());
        Optional<String> folder = given(source.folder());
        Optional<String> query = given(source.query());
        if (folder.isPresent() == query.isPresent()) {
            throw new WrongSourceException(
                    prefix + "folder and " + prefix + "query",
                    folder.isPresent() ? "both set" : "not set",
                    "A source has one of the two.");
        }
        return folder.<NamedSource>map(path -> new NamedSource.OfFolder(
                        name, dataset, mode(source, IntakeMode.REPLACE), source.columns(), limit, Path.of(path)))
                .orElseGet(() -> query(name, dataset, source, limit, query.orElseThrow()));
    }

    private NamedSource query(String name, String dataset, SourceProperties source, String limit, String sql) {
        Optional<String> watermark = given(source.watermarkColumn());
        if (watermark.isPresent() != sql.contains(":watermark")) {
            throw new WrongSourceException(
                    PREFIX + name + "." + (watermark.isPresent() ? "query" : "watermark-column"),
                    watermark.isPresent() ? "without :watermark" : "not set",
                    "A query with a watermark names its column in watermark-column and compares it, as in \"where"
                            + " changed_at >= :watermark order by changed_at, id\".");
        }
        Map<String, String> columns = new TreeMap<>();
        source.columns().forEach((key, column) -> columns.put(key, column.toLowerCase(Locale.ROOT)));
        return new NamedSource.OfQuery(
                name,
                dataset,
                mode(source, watermark.isPresent() ? IntakeMode.APPEND : IntakeMode.REPLACE),
                columns,
                limit,
                dataSource(name, given(source.datasource())),
                sql,
                watermark);
    }

    private DataSource dataSource(String source, Optional<String> name) {
        String property = PREFIX + source + ".datasource";
        if (name.isPresent()) {
            if (!beans.containsBean(name.get()) || !beans.isTypeMatch(name.get(), DataSource.class)) {
                throw new WrongSourceException(
                        property, name.get(), "It must be the name of a DataSource bean of the application.");
            }
            return beans.getBean(name.get(), DataSource.class);
        }
        @Nullable DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (only == null) {
            throw new WrongSourceException(
                    property, "not set", "There are several DataSource beans; it must name one of them.");
        }
        return only;
    }

    private static IntakeMode mode(SourceProperties source, IntakeMode usual) {
        return source.mode() == null ? usual : source.mode();
    }

    private static String limit(String property, String limit) {
        try {
            return new SkipLimit(limit).text();
        } catch (IllegalArgumentException e) {
            throw new WrongSourceException(property, limit, "It must be a number of rows, or a share such as 0.1%.");
        }
    }

    private static void require(String property, String name, Function<String, Optional<String>> rules) {
        rules.apply(name).ifPresent(rule -> {
            throw new WrongSourceException(property, name, "It " + rule + ".");
        });
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
