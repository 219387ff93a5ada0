package org.mlxspring.engine.model.convert;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.Weights;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What mlx-lm's convert made: {@code convert/expected.json}, written by {@code make_convert.py} beside it. */
final class Golden {

    private static final JsonMapper JSON = new JsonMapper();

    private Golden() {}

    static JsonNode all() throws IOException {
        return json(folder("").resolve("expected.json"));
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    /** The folder that a case converts. */
    static Path source(String name) {
        return Files.isDirectory(folder(name)) ? folder(name) : new Fixture(name).model();
    }

    static Path folder(String name) {
        try {
            return Path.of(Golden.class.getResource("/convert").toURI()).resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 of all tensors of a folder in the order of their names: name, type, shape and bytes. */
    static String digest(Path folder) throws IOException, NoSuchAlgorithmException {
        Map<String, byte[][]> tensors = new TreeMap<>();
        for (Path file : Weights.files(folder)) {
            byte[] raw = Files.readAllBytes(file);
            int start = 8
                    + (int) ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getLong();
            JSON.readTree(new String(raw, 8, start - 8, StandardCharsets.UTF_8))
                    .properties()
                    .forEach(entry -> {
                        if (!entry.getKey().equals("__metadata__")) {
                            tensors.put(entry.getKey(), tensor(raw, start, entry));
                        }
                    });
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        tensors.values().forEach(parts -> {
            digest.update(parts[0]);
            digest.update(parts[1]);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[][] tensor(byte[] raw, int start, Map.Entry<String, JsonNode> entry) {
        JsonNode offsets = entry.getValue().path("data_offsets");
        String shape = entry.getValue()
                .path("shape")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining(","));
        String head = entry.getKey() + " " + entry.getValue().path("dtype").asString() + " " + shape + "\n";
        byte[] data = Arrays.copyOfRange(
                raw, start + offsets.path(0).asInt(), start + offsets.path(1).asInt());
        return new byte[][] {head.getBytes(StandardCharsets.UTF_8), data};
    }
}
