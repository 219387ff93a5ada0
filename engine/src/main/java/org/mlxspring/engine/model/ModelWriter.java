package org.mlxspring.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a model folder as mlx-lm does: {@code model.safetensors} or shards of at most 5 GiB, {@code
 * model.safetensors.index.json}, {@code config.json}, and the tokenizer's files of the model it derives from.
 */
public final class ModelWriter {

    private static final long SHARD_BYTES = 5L << 30;
    private static final String COPIED =
            "(tokenizer.*|special_tokens_map|added_tokens|vocab|generation_config|chat_template)"
                    + "\\.json|merges\\.txt|vocab\\.txt|tokenizer\\.model|.*\\.tiktoken|tiktoken\\.model|.*\\.jinja|.*\\.py";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final long shardBytes;
    private final Consumer<Array> written;

    /**
     * @param shardBytes most bytes of tensors in a file, unless it holds a single larger one
     * @param written told of each tensor that is on the disk
     */
    ModelWriter(long shardBytes, Consumer<Array> written) {
        this.shardBytes = shardBytes;
        this.written = written;
    }

    /**
     * Writes a model into a folder that does not exist or is empty; it appears there complete or not at all.
     *
     * @param source folder of the model it derives from
     * @return names of the files written
     * @throws ModelException if the folder holds something
     */
    public static List<String> write(LanguageModel model, ModelConfig config, Path source, Path folder) {
        return new ModelWriter(SHARD_BYTES, tensor -> {}).save(model, config, source, folder);
    }

    /**
     * Writes as {@link #write} does, computes each tensor only when its turn comes and closes it when its file is
     * written, so that a model larger than the memory can be written. It cannot be used afterwards.
     */
    public static List<String> writeAndFree(LanguageModel model, ModelConfig config, Path source, Path folder) {
        return new ModelWriter(SHARD_BYTES, Array::close).save(model, config, source, folder);
    }

    List<String> save(LanguageModel model, ModelConfig config, Path source, Path folder) {
        try {
            requireEmpty(folder);
            Path parent = folder.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Path beside = Files.createTempDirectory(parent, "." + folder.getFileName() + "-");
            try {
                writeWeights(model, beside);
                writeJson(beside.resolve("config.json"), cleaned(config));
                copyFiles(source, beside);
                DurableFile.syncNames(beside);
                Files.deleteIfExists(folder);
                DurableFile.move(beside, folder);
            } finally {
                remove(beside);
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> file.getFileName().toString()).sorted().toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be written to " + folder, e);
        }
    }

    /**
     * Checks that a folder can receive a model: it does not exist or is empty.
     *
     * @throws ModelException if it holds something
     */
    public static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new ModelException(
                        "The folder " + folder + " is not empty; name a new one, or remove what it holds.");
            }
        } catch (IOException e) {
            throw new ModelException("The folder " + folder + " cannot be listed.", e);
        }
    }

    private static Map<String, Object> cleaned(ModelConfig config) {
        ObjectNode json = (ObjectNode) TaggedFloats.encode(config.json());
        json.remove(List.of("_name_or_path", "vision_config"));
        if (json.has("quantization")) {
            json.set("quantization_config", json.path("quantization").deepCopy());
        }
        Map<String, Object> sorted = new TreeMap<>();
        json.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static void copyFiles(Path source, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches(COPIED))
                    .filter(Files::isRegularFile)
                    .toList()) {
                Path copy = folder.resolve(file.getFileName());
                Files.copy(file, copy);
                DurableFile.sync(copy);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void writeWeights(LanguageModel model, Path folder) throws IOException {
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<String, Parameter> parameters = model.parameters();
        metadata.put(
                "total_size",
                parameters.values().stream()
                        .mapToLong(parameter -> parameter.value().bytes())
                        .sum());
        metadata.put("total_parameters", model.size());
        Map<String, Object> places = new TreeMap<>();
        List<Map<String, Array>> shards = shards(parameters);
        for (int i = 0; i < shards.size(); i++) {
            String name = shards.size() == 1
                    ? "model.safetensors"
                    : "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            Map<String, Array> shard = shards.get(i);
            // One by one, for the inputs of all together might not fit into the memory.
            for (Array tensor : shard.values()) {
                Mlx.eval(tensor);
                Mlx.clearCache();
            }
            Safetensors.save(folder.resolve(name), shard, Map.of("format", "mlx"));
            shard.keySet().forEach(tensor -> places.put(tensor, name));
            shard.values().forEach(written);
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("metadata", metadata);
        index.put("weight_map", places);
        writeJson(folder.resolve("model.safetensors.index.json"), index);
    }

    private List<Map<String, Array>> shards(Map<String, Parameter> parameters) {
        List<Map<String, Array>> shards = new ArrayList<>();
        long size = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            Array value = entry.getValue().value();
            if (shards.isEmpty() || size + value.bytes() > shardBytes) {
                shards.add(new LinkedHashMap<>());
                size = 0;
            }
            shards.getLast().put(entry.getKey(), value);
            size += value.bytes();
        }
        return shards;
    }

    private static void writeJson(Path file, Map<String, Object> content) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(content) + "\n");
        DurableFile.sync(file);
    }
}
