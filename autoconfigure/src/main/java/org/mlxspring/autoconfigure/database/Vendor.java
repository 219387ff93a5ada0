package org.mlxspring.autoconfigure.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/** The databases that we have a schema for. */
enum Vendor {
    H2("H2"),
    POSTGRESQL("PostgreSQL");

    private final String product;

    Vendor(String product) {
        this.product = product;
    }

    static Vendor of(DataSource dataSource) {
        String found;
        try (Connection connection = dataSource.getConnection()) {
            found = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new UnusableDataSourceException(
                    "mlx could not connect to the application's database: " + e.getMessage(),
                    "Start the database, or correct spring.datasource.url, username and password.",
                    e);
        }
        for (Vendor vendor : values()) {
            if (vendor.product.equals(found)) {
                return vendor;
            }
        }
        throw new UnusableDataSourceException(
                "The application's database is " + found + "; mlx keeps its tables in H2 or PostgreSQL.",
                "Give the application a second DataSource bean on H2 or PostgreSQL and name it with mlx.datasource.",
                null);
    }

    /** Class path folder of the migration scripts. */
    String scripts() {
        return "classpath:org/mlxspring/schema/" + name().toLowerCase(Locale.ROOT);
    }
}
