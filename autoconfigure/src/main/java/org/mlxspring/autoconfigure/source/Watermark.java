package org.mlxspring.autoconfigure.source;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types that a watermark column can have, with how their values are bound, read and kept as text. */
enum Watermark {
    NUMBER {
        @Override
        Comparable<?> parse(String text) {
            return new BigDecimal(text);
        }

        @Override
        Comparable<?> first() {
            return BigDecimal.valueOf(Long.MIN_VALUE);
        }

        @Override
        @Nullable
        Comparable<?> read(ResultSet row, int column) throws SQLException {
            return row.getBigDecimal(column);
        }
    },
    DATE {
        @Override
        Comparable<?> parse(String text) {
            return LocalDate.parse(text);
        }

        @Override
        Comparable<?> first() {
            return LocalDate.of(1, 1, 1);
        }

        @Override
        @Nullable
        Comparable<?> read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, LocalDate.class);
        }
    },
    LOCAL_TIME {
        @Override
        Comparable<?> parse(String text) {
            return LocalDateTime.parse(text);
        }

        @Override
        Comparable<?> first() {
            return LocalDateTime.of(1, 1, 1, 0, 0);
        }

        @Override
        @Nullable
        Comparable<?> read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, LocalDateTime.class);
        }
    },
    INSTANT {
        @Override
        Comparable<?> parse(String text) {
            return OffsetDateTime.parse(text);
        }

        @Override
        Comparable<?> first() {
            return OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        }

        @Override
        @Nullable
        Comparable<?> read(ResultSet row, int column) throws SQLException {
            @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC);
        }
    };

    abstract Comparable<?> parse(String text);

    /** A value before all others, for the first import. */
    abstract Comparable<?> first();

    abstract @Nullable Comparable<?> read(ResultSet row, int column) throws SQLException;

    /** The type of a column; empty for text and others that have no place in a row of times or numbers. */
    static Optional<Watermark> of(ResultSetMetaData columns, int column) throws SQLException {
        String name = columns.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        return switch (columns.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL ->
                Optional.of(NUMBER);
            case Types.DATE -> Optional.of(DATE);
            case Types.TIMESTAMP ->
                Optional.of(name.equals("timestamptz") || name.contains("with time zone") ? INSTANT : LOCAL_TIME);
            case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(INSTANT);
            default -> Optional.empty();
        };
    }
}
