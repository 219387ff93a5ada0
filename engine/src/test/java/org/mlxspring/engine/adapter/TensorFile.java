package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of a safetensors file, read without MLX.
 *
 * @param tensors by name
 */
record TensorFile(Map<String, Stored> tensors) {

    /**
     * @param type name of the element type in the file
     * @param shape dimensions
     * @param bytes the values
     */
    record Stored(String type, List<Integer> shape, ByteBuffer bytes) {

        long checksum() {
            CRC32 sum = new CRC32();
            sum.update(bytes.duplicate());
            return sum.getValue();
        }

        /** Some values, evenly spaced. */
        double[] values(int count) {
            int width =
                    switch (type) {
                        case "F32", "U32" -> 4;
                        case "BF16", "F16" -> 2;
                        default -> 1;
                    };
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = value(Math.toIntExact((long) i * (bytes.remaining() / width) / count));
            }
            return values;
        }

        private double value(int index) {
            return switch (type) {
                case "F32" -> bytes.getFloat(4 * index);
                case "U32" -> Integer.toUnsignedLong(bytes.getInt(4 * index));
                case "BF16" -> Float.intBitsToFloat(bytes.getShort(2 * index) << 16);
                case "F16" -> Float.float16ToFloat(bytes.getShort(2 * index));
                default -> Byte.toUnsignedInt(bytes.get(index));
            };
        }
    }

    static TensorFile read(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int start = 8 + Math.toIntExact(content.getLong(0));
        String header = new String(content.array(), 8, start - 8, StandardCharsets.UTF_8);
        Map<String, Stored> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                new JsonMapper().readTree(header).properties()) {
            JsonNode tensor = entry.getValue();
            if (!entry.getKey().equals("__metadata__")) {
                int first = tensor.path("data_offsets").path(0).asInt();
                int length = tensor.path("data_offsets").path(1).asInt() - first;
                tensors.put(
                        entry.getKey(),
                        new Stored(
                                tensor.path("dtype").asString(),
                                tensor.path("shape")
                                        .valueStream()
                                        .map(JsonNode::asInt)
                                        .toList(),
                                content.slice(start + first, length).order(ByteOrder.LITTLE_ENDIAN)));
            }
        }
        return new TensorFile(tensors);
    }
}
