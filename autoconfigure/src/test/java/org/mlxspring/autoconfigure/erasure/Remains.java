package org.mlxspring.autoconfigure.erasure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Looks for bytes in every column of every table of a database, and in every file of a folder. */
final class Remains {

    /** H2's compression leaves at least every 32 bytes of what cannot be compressed together; of them, one piece is whole. */
    private static final int PIECE = 12;

    private final Map<String, List<byte[]>> wanted = new TreeMap<>();

    /** @param name what these bytes are, for the failure of a test; any {@link #PIECE} of them in a row count as found */
    Remains add(String name, byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from + PIECE <= bytes.length; from += PIECE) {
            pieces.add(Arrays.copyOfRange(bytes, from, from + PIECE));
        }
        wanted.put(name, pieces.isEmpty() ? List.of(bytes) : pieces);
        return this;
    }

    /** Where the bytes are in the tables: {@code NAME in TABLE.COLUMN}. */
    List<String> in(DataSource database) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData data = connection.getMetaData();
            List<String> tables = new ArrayList<>();
            try (ResultSet all = data.getTables(
                    connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (all.next()) {
                    tables.add(all.getString("TABLE_NAME"));
                }
            }
            if (tables.size() < 20) {
                throw new AssertionError("These cannot be all tables: " + tables);
            }
            for (String table : tables) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            String place = table + "." + rows.getMetaData().getColumnName(i);
                            found.addAll(in(place, bytes(rows, i)));
                        }
                    }
                }
            }
        }
        return found;
    }

    /** Where the bytes are in the files below a folder: {@code NAME in FILE}. */
    List<String> in(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(in(file.toString(), Files.readAllBytes(file)));
            }
        }
        return found;
    }

    /** Where the bytes are in files by their names: {@code NAME in FILE}. */
    List<String> in(Map<String, byte[]> files) {
        List<String> found = new ArrayList<>();
        files.forEach((name, bytes) -> found.addAll(in(name, bytes)));
        return found;
    }

    private List<String> in(String place, byte[] bytes) {
        List<String> found = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        wanted.forEach((name, pieces) -> {
            if (pieces.stream().anyMatch(piece -> holds(text, piece))) {
                found.add(name + " in " + place);
            }
        });
        return found;
    }

    private static boolean holds(String text, byte[] piece) {
        return text.contains(new String(piece, StandardCharsets.ISO_8859_1))
                || text.contains(HexFormat.of().formatHex(piece));
    }

    private static byte[] bytes(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        String text = value == null ? null : rows.getString(column);
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
