package org.mlxspring.autoconfigure.database;

import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** Finds the host's DataSource that our tables go to. */
final class HostDataSource {

    private HostDataSource() {}

    /**
     * @param name value of {@code mlx.datasource}; null for the only or the primary DataSource
     * @throws UnusableDataSourceException if there is none, or several and none is primary
     */
    static DataSource find(ListableBeanFactory beans, @Nullable String name) {
        String[] names = beans.getBeanNamesForType(DataSource.class);
        if (name != null) {
            if (!Arrays.asList(names).contains(name)) {
                throw new UnusableDataSourceException(
                        "mlx.datasource is '" + name + "', but no DataSource bean has that name.",
                        choices(names),
                        null);
            }
            return beans.getBean(name, DataSource.class);
        }
        if (names.length == 0) {
            throw new UnusableDataSourceException(
                    "mlx keeps datasets, runs and models in the application's database, and there is no DataSource.",
                    "Add spring-boot-starter-jdbc (or -data-jpa) and a driver, com.h2database:h2 or"
                            + " org.postgresql:postgresql, and set spring.datasource.url.",
                    null);
        }
        DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (only == null) {
            throw new UnusableDataSourceException(
                    "There are " + names.length + " DataSource beans and none of them is primary.",
                    choices(names),
                    null);
        }
        return only;
    }

    private static String choices(String[] names) {
        return "Set mlx.datasource to one of: " + Arrays.stream(names).sorted().collect(Collectors.joining(", ")) + ".";
    }
}
