package org.mlxspring.engine.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a safetensors file says of its tensors: eight bytes of length, then JSON (format: the safetensors project's
 * README).
 *
 * @param tensors name to description, in the file's order
 * @param metadata the file's {@code __metadata__}
 */
public record SafetensorsHeader(Map<String, Tensor> tensors, Map<String, String> metadata) {

    private static final long LONGEST = 100_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param type name of the element type, such as {@code F32}
     * @param shape its dimensions
     * @param offset where in the file its values begin
     * @param bytes that its values take
     */
    public record Tensor(String type, List<Integer> shape, long offset, long bytes) {}

    /**
     * Reads the header of a file.
     *
     * @throws IOException if the file cannot be read, is cut short or is not safetensors; the message names it
     */
    public static SafetensorsHeader read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            fill(channel, length, file);
            long bytes = length.getLong(0);
            if (bytes < 2 || bytes > LONGEST || bytes + 8 > channel.size()) {
                throw broken(file, "its header claims " + bytes + " bytes of " + channel.size());
            }
            ByteBuffer json = ByteBuffer.allocate((int) bytes);
            fill(channel, json, file);
            SafetensorsHeader header =
                    parse(new String(json.array(), StandardCharsets.UTF_8), 8 + bytes, channel.size(), file);
            return header;
        }
    }

    private static SafetensorsHeader parse(String text, long start, long size, Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw broken(file, "its header is not JSON");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue()
                        .properties()
                        .forEach(each ->
                                metadata.put(each.getKey(), each.getValue().asString()));
            } else {
                JsonNode offsets = entry.getValue().path("data_offsets");
                if (start + offsets.path(1).asLong(0) > size) {
                    throw broken(file, "it ends before the values of " + entry.getKey() + " do");
                }
                List<Integer> shape = entry.getValue()
                        .path("shape")
                        .valueStream()
                        .map(JsonNode::asInt)
                        .toList();
                tensors.put(
                        entry.getKey(),
                        new Tensor(
                                entry.getValue().path("dtype").asString(),
                                shape,
                                start + offsets.path(0).asLong(0),
                                offsets.path(1).asLong(0) - offsets.path(0).asLong(0)));
            }
        }
        return new SafetensorsHeader(tensors, metadata);
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, Path file) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw broken(file, "it ends after " + channel.size() + " bytes");
            }
        }
    }

    private static IOException broken(Path file, String reason) {
        return new IOException(file + " is not a complete safetensors file: " + reason + ". Copy it again.");
    }
}
