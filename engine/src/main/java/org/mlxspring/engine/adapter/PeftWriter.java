package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.model.ModelWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an adapter as Hugging Face's PEFT reads it: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 */
public final class PeftWriter {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PeftWriter() {}

    /**
     * Writes the adapter of a folder into another folder, complete or not at all. Every adapted module is named, so that
     * the adapter has the same layers whatever {@code num_layers} was.
     *
     * @param target does not exist, or is empty
     * @return number of modules with an adapter
     * @throws AdapterException if the adapter is none that PEFT has: full weights, experts, or DoRA of an embedding
     * @throws org.mlxspring.engine.model.ModelException if the target holds something
     */
    public static int write(AdapterFolder adapter, Path target) {
        JsonNode json = adapter.readConfig();
        if (PeftConfig.is(json)) {
            throw new AdapterException(adapter.path() + " is an adapter of PEFT already.");
        }
        AdapterConfig config =
                AdapterConfig.read(adapter.path().resolve("adapter_config.json").toString(), json);
        LoraParameters parameters = config.parameters()
                .orElseThrow(
                        () -> new AdapterException(
                                adapter.path()
                                        + " holds full weights, no adapter. Fuse it; the result is a model folder that Hugging Face reads."));
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = new LinkedHashMap<>();
            TreeSet<String> modules = new TreeSet<>();
            AdapterFolder.tensors(adapter.weights()).forEach((name, tensor) -> {
                int dot = name.lastIndexOf('.');
                String module = name.substring(0, dot);
                modules.add(module);
                tensors.put(
                        "base_model.model." + module + "." + matrix(adapter, module, name.substring(dot + 1), tensor),
                        tensor.transpose().contiguous());
            });
            write(target, tensors, settings(json, config.type(), parameters, modules));
            return modules.size();
        }
    }

    private static String matrix(AdapterFolder adapter, String module, String name, Array tensor) {
        boolean embedding = module.endsWith("embed_tokens");
        if (tensor.shape().length > 2) {
            throw new AdapterException(adapter.path() + " adapts the experts " + module
                    + ", all in one weight, which PEFT has no adapter for. Fuse it instead.");
        }
        return switch (name) {
            case "lora_a" -> embedding ? "lora_embedding_A" : "lora_A.weight";
            case "lora_b" -> embedding ? "lora_embedding_B" : "lora_B.weight";
            case "m" -> {
                if (embedding) {
                    throw new AdapterException(adapter.path() + " has DoRA on the embedding " + module
                            + ", which PEFT computes otherwise. Fuse it instead.");
                }
                yield "lora_magnitude_vector";
            }
            default ->
                throw new AdapterException(adapter.weights() + " holds the tensor " + module + "." + name
                        + ", which is none of a LoRA or DoRA adapter.");
        };
    }

    private static Map<String, Object> settings(
            JsonNode config, FineTuneType type, LoraParameters parameters, TreeSet<String> modules) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("peft_type", "LORA");
        settings.put("task_type", "CAUSAL_LM");
        settings.put("base_model_name_or_path", config.path("model").asString(""));
        settings.put("r", parameters.rank());
        settings.put("lora_alpha", parameters.effectiveScale() * parameters.rank());
        settings.put("lora_dropout", parameters.dropout());
        settings.put("target_modules", List.copyOf(modules));
        settings.put("use_dora", type == FineTuneType.DORA);
        settings.put("use_rslora", false);
        settings.put("bias", "none");
        settings.put("fan_in_fan_out", false);
        settings.put("inference_mode", true);
        settings.put("init_lora_weights", true);
        return settings;
    }

    private static void write(Path target, Map<String, Array> tensors, Map<String, Object> settings) {
        try (Workplace beside = Workplace.beside(target)) {
            ModelWriter.requireEmpty(target);
            Path folder = beside.path().resolve("adapter");
            Safetensors.save(folder.resolve("adapter_model.safetensors"), tensors, Map.of("format", "pt"));
            DurableFile.write(folder.resolve("adapter_config.json"), JSON.writeValueAsBytes(settings));
            Files.deleteIfExists(target);
            DurableFile.move(folder, target);
        } catch (IOException e) {
            throw new UncheckedIOException("The adapter could not be written to " + target, e);
        }
    }
}
