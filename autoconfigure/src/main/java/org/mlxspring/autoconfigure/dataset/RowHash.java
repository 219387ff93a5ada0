package org.mlxspring.autoconfigure.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.mlxspring.engine.data.Split;

/** SHA-256 over rows: one for the content of a version, one for each row to choose its split. */
final class RowHash {

    private RowHash() {}

    /** Hash of all files: name of the split, then each row without surrounding white space, one line each. */
    static String of(Map<Split, Path> files) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<Split, Path> file : files.entrySet()) {
            line(digest, file.getKey().name());
            try (BufferedReader in = Files.newBufferedReader(file.getValue())) {
                for (String row = in.readLine(); row != null; row = in.readLine()) {
                    if (!row.isBlank()) {
                        line(digest, row.strip());
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** An unsigned number that depends on nothing but the row. */
    static long of(String row) {
        byte[] hash = sha256().digest(row.getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (int i = 0; i < 7; i++) {
            number = number << 8 | hash[i] & 0xff;
        }
        return number;
    }

    private static void line(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
