package org.mlxspring.autoconfigure.source;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, by a forward-only cursor on a read-only connection of its own, in the query's order. Messages of
 * the database are not passed on, since they can hold values; its error code is.
 */
final class QueryRows implements RawRows {

    private static final int FETCHED = 500;
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):watermark\\b");

    private final String source;
    private final QueryPlan plan;
    private final Connection connection;
    private final boolean committing;
    private Optional<Cursor> cursor = Optional.empty();
    private long number;

    /**
     * A query and how far it was read.
     *
     * @param sql the query; {@code :watermark} stands for the largest value that was read before
     * @param watermarkColumn the column that the watermark is taken from; empty for a query without
     * @param since the watermark of the last import; empty to read from the beginning
     */
    record QueryPlan(String sql, Optional<String> watermarkColumn, Optional<String> since) {}

    private record Cursor(PreparedStatement statement, ResultSet rows, int watermarkColumn, Optional<Watermark> type) {}

    private @Nullable Comparable<?> largest;

    QueryRows(String source, DataSource dataSource, QueryPlan plan) {
        this.source = source;
        this.plan = plan;
        try {
            connection = dataSource.getConnection();
            // PostgreSQL reads by cursor only inside a transaction; elsewhere it does no harm.
            committing = connection.getAutoCommit();
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Optional<RawRow> next() {
        try {
            if (cursor.isEmpty()) {
                cursor = Optional.of(open());
            }
            Cursor open = cursor.get();
            if (!open.rows().next()) {
                return Optional.empty();
            }
            number++;
            if (open.type().isPresent()) {
                remember(open.type().get().read(open.rows(), open.watermarkColumn()));
            }
            return Optional.of(new RawRow.Fields(new Place("", number), values(open.rows()), RowMarks.NONE));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Cursor open() throws SQLException {
        boolean parameter = PARAMETER.matcher(plan.sql()).find();
        PreparedStatement statement = connection.prepareStatement(
                PARAMETER.matcher(plan.sql()).replaceAll("?"), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            statement.setFetchSize(FETCHED);
            int column = 0;
            Optional<Watermark> type = Optional.empty();
            if (plan.watermarkColumn().isPresent()) {
                column = column(statement.getMetaData(), plan.watermarkColumn().get());
                type = Optional.of(type(statement.getMetaData(), column));
            }
            if (parameter && type.isPresent()) {
                Watermark of = type.get();
                Comparable<?> since = plan.since().<Comparable<?>>map(of::parse).orElseGet(of::first);
                long count = PARAMETER.matcher(plan.sql()).results().count();
                for (int i = 1; i <= count; i++) {
                    statement.setObject(i, since);
                }
            }
            return new Cursor(statement, statement.executeQuery(), column, type);
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private int column(ResultSetMetaData columns, String name) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (columns.getColumnLabel(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new UnreadableSourceException("mlx.datasets.sources." + source + ".watermark-column is '" + name
                + "', which the query does not select; add it to the query's columns.");
    }

    private Watermark type(ResultSetMetaData columns, int column) throws SQLException {
        return Watermark.of(columns, column)
                .orElseThrow(() -> new UnreadableSourceException("mlx.datasets.sources." + source
                        + ".watermark-column is neither a number nor a date or time; choose a column that grows with"
                        + " every new or changed row."));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void remember(@Nullable Comparable<?> value) {
        if (value != null && (largest == null || ((Comparable) value).compareTo(largest) > 0)) {
            largest = value;
        }
    }

    private static Map<String, @Nullable Object> values(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value(row.getObject(i)));
        }
        return values;
    }

    /** Texts and numbers as they are; anything else, such as a JSON column, as its text. */
    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Number each -> each;
            case Boolean each -> each;
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Clob text -> text.getSubString(1, Math.toIntExact(Math.min(text.length(), Integer.MAX_VALUE)));
            default -> value.toString();
        };
    }

    @Override
    public Optional<String> watermark() {
        return Optional.ofNullable(largest).map(Object::toString).or(plan::since);
    }

    private UnreadableSourceException failed(SQLException e) {
        return new UnreadableSourceException("The query of source '" + source + "' failed behind row " + number
                + " with SQLState " + e.getSQLState() + ", error code " + e.getErrorCode()
                + "; run mlx.datasets.sources." + source + ".query by hand to see why.");
    }

    @Override
    public void close() {
        try (connection) {
            if (cursor.isPresent()) {
                cursor.get().rows().close();
                cursor.get().statement().close();
            }
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(committing);
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
