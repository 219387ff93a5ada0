package org.mlxspring.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a model folder as mlx-lm does: {@code model.safetensors} or shards of at most 5 GiB, {@code
 * model.safetensors.index.json}, {@code config.json}, and the tokenizer's files of the model it derives from.
 */
public final class ModelWriter {

    private static final long SHARD_BYTES = 5L << 30;
    private static final List<String> COPIED = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "tokenizer.model",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "chat_template.jinja",
            "chat_template.json",
            "generation_config.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ModelWriter() {}

    /**
     * Writes a model into a folder that does not exist or is empty; it appears there complete or not at all.
     *
     * @param source folder of the model it derives from
     * @return names of the files written
     * @throws ModelException if the folder holds something
     */
    public static List<String> write(LanguageModel model, ModelConfig config, Path source, Path folder) {
        try {
            requireEmpty(folder);
            Path parent = folder.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Path beside = Files.createTempDirectory(parent, "." + folder.getFileName() + "-");
            writeWeights(model, beside);
            Map<String, Object> sorted = new TreeMap<>();
            config.json().properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            writeJson(beside.resolve("config.json"), sorted);
            for (String name : COPIED) {
                if (Files.isRegularFile(source.resolve(name))) {
                    Files.copy(source.resolve(name), beside.resolve(name));
                    sync(beside.resolve(name));
                }
            }
            Files.deleteIfExists(folder);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
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

    private static void writeWeights(LanguageModel model, Path folder) throws IOException {
        List<Map<String, Array>> shards = shards(model.parameters());
        Map<String, Object> places = new TreeMap<>();
        long bytes = 0;
        for (int i = 0; i < shards.size(); i++) {
            String name = shards.size() == 1
                    ? "model.safetensors"
                    : "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            Safetensors.save(folder.resolve(name), shards.get(i), Map.of("format", "mlx"));
            for (Map.Entry<String, Array> entry : shards.get(i).entrySet()) {
                places.put(entry.getKey(), name);
                bytes += entry.getValue().bytes();
            }
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("total_size", bytes);
        metadata.put("total_parameters", model.size());
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("metadata", metadata);
        index.put("weight_map", places);
        writeJson(folder.resolve("model.safetensors.index.json"), index);
    }

    private static List<Map<String, Array>> shards(Map<String, Parameter> parameters) {
        List<Map<String, Array>> shards = new ArrayList<>();
        long size = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            Array value = entry.getValue().value();
            if (shards.isEmpty() || size + value.bytes() > SHARD_BYTES) {
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
        sync(file);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
