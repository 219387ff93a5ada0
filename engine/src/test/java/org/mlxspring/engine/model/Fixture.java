package org.mlxspring.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tiny model and what mlx-lm 0.32.2 computed with it; see the README beside the fixtures.
 *
 * @param name what it is called in messages
 * @param path its folder
 */
public record Fixture(String name, Path path) {

    private static final JsonMapper JSON = new JsonMapper();

    /** One of the fixtures among the test resources. */
    public Fixture(String name) {
        this(name, resource(name));
    }

    /** The fixtures of the families that can be loaded. */
    public static List<Fixture> all() {
        return Stream.of(
                        "cohere-qk-norm",
                        "cohere2",
                        "gemma",
                        "gemma2",
                        "gemma3_text",
                        "gemma3_text-new",
                        "glm4",
                        "gpt_oss-hf",
                        "gpt_oss-yarn",
                        "granite",
                        "granitemoe",
                        "granitemoe-hf",
                        "llama",
                        "llama-4bit",
                        "llama-8bit-g32",
                        "llama-bias",
                        "llama-dora",
                        "llama-full",
                        "llama-masked",
                        "llama-rope-dynamic",
                        "llama-rope-yarn",
                        "llama-sliding",
                        "ministral3",
                        "mistral",
                        "mixtral",
                        "olmo2",
                        "phi",
                        "phi3",
                        "phi3-longrope",
                        "phimoe-longrope",
                        "qwen2",
                        "qwen2-embedding",
                        "qwen2_moe",
                        "qwen3",
                        "qwen3_moe",
                        "smollm3",
                        "stablelm",
                        "stablelm-new",
                        "stablelm-parallel-qk-norm",
                        "starcoder2")
                .map(Fixture::new)
                .toList();
    }

    private static Path resource(String name) {
        try {
            return Path.of(Fixture.class.getResource("/fixtures/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path model() {
        return path().resolve("model");
    }

    public Path data() {
        return path().resolve("data");
    }

    public JsonNode expected() {
        try {
            return JSON.readTree(Files.readString(path().resolve("expected.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int[] ints(JsonNode numbers) {
        return numbers.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
