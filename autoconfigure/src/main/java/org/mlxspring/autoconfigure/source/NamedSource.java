package org.mlxspring.autoconfigure.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.mlxspring.autoconfigure.dataset.IntakeMode;

/** A checked source: of the properties, or a bean of the application. */
sealed interface NamedSource {

    String name();

    String dataset();

    IntakeMode mode();

    Map<String, String> columns();

    String skipLimit();

    /** A folder of the server. */
    record OfFolder(
            String name, String dataset, IntakeMode mode, Map<String, String> columns, String skipLimit, Path folder)
            implements NamedSource {}

    /** A query on a DataSource of the application. */
    record OfQuery(
            String name,
            String dataset,
            IntakeMode mode,
            Map<String, String> columns,
            String skipLimit,
            DataSource dataSource,
            String sql,
            Optional<String> watermarkColumn)
            implements NamedSource {}

    /** A bean of the application. */
    record OfBean(DatasetSource bean, String skipLimit) implements NamedSource {

        @Override
        public String name() {
            return bean.name();
        }

        @Override
        public String dataset() {
            return bean.dataset();
        }

        @Override
        public IntakeMode mode() {
            return bean.mode();
        }

        @Override
        public Map<String, String> columns() {
            return Map.of();
        }
    }
}
