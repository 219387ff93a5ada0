package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with an adapter as mlx-lm reads and writes it: {@code adapter_config.json} and {@code adapters.safetensors}.
 * Folders of Hugging Face's PEFT are read too.
 *
 * @param path the folder
 */
public record AdapterFolder(Path path) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int NAMED_IN_ERRORS = 5;
    private static final Set<String> OF_ADAPTERS = Set.of("lora_a", "lora_b", "m");

    public Path weights() {
        return path.resolve("adapters.safetensors");
    }

    private Path config() {
        return path.resolve("adapter_config.json");
    }

    /** Writes {@code adapter_config.json}, with sorted keys. */
    public void writeConfig(Map<String, Object> settings) {
        try {
            DurableFile.write(config(), JSON.writeValueAsString(new TreeMap<>(settings)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(config() + " could not be written", e);
        }
    }

    /**
     * Puts this adapter on a model that has none: its layers receive adapters with these weights, or, for full
     * fine-tuning, these weights.
     *
     * @throws AdapterException if a file is absent or damaged, or a tensor does not fit the model
     */
    public void load(LanguageModel model) {
        JsonNode json = readConfig();
        if (PeftConfig.is(json)) {
            new PeftReader(path, PeftConfig.read(config().toString(), json)).load(model);
        } else {
            load(model, AdapterConfig.read(config().toString(), json));
        }
        model.parameters().values().forEach(parameter -> parameter.setTrainable(false));
    }

    private void load(LanguageModel model, AdapterConfig config) {
        config.parameters()
                .ifPresent(parameters -> Adapters.attachWritten(model, config.type(), config.numLayers(), parameters));
        loadWeights(
                weights(),
                config.type() == FineTuneType.FULL ? model.parameters() : Adapters.trainable(model),
                " Its adapter_config.json says " + config.described() + "; the model has "
                        + model.layers().size() + " layers.");
    }

    /**
     * Replaces parameters by the tensors of a file.
     *
     * @throws AdapterException if a tensor of the file has no such parameter, or another shape; the message names them
     */
    public static void loadWeights(Path file, Map<String, Parameter> targets) {
        loadWeights(file, targets, "");
    }

    private static void loadWeights(Path file, Map<String, Parameter> targets, String circumstances) {
        Map<String, Array> tensors = tensors(file);
        List<String> misfits = new ArrayList<>();
        tensors.forEach((name, tensor) -> misfit(name, tensor, targets).ifPresent(misfits::add));
        if (!misfits.isEmpty()) {
            throw new AdapterException("The adapter " + file + " was made for another model or other settings; "
                    + misfits.size() + " of its " + tensors.size() + " tensors do not fit: " + first(misfits) + "."
                    + circumstances);
        }
        List<String> missing = missing(tensors.keySet(), targets.keySet());
        if (!missing.isEmpty()) {
            throw new AdapterException("The adapter " + file + " is incomplete; of modules that it adapts "
                    + missing.size() + " tensors are missing: " + first(missing) + "." + circumstances);
        }
        tensors.forEach((name, tensor) -> targets.get(name).set(tensor));
    }

    private static String first(List<String> findings) {
        return String.join("; ", findings.subList(0, Math.min(NAMED_IN_ERRORS, findings.size())))
                + (findings.size() > NAMED_IN_ERRORS ? "; …" : "");
    }

    /** A module without any tensor keeps the start of its adapter, which changes nothing; half an adapter is damage. */
    private static List<String> missing(Set<String> present, Set<String> expected) {
        Set<String> begun = present.stream()
                .filter(AdapterFolder::isOfAdapter)
                .map(AdapterFolder::module)
                .collect(Collectors.toSet());
        return expected.stream()
                .filter(AdapterFolder::isOfAdapter)
                .filter(name -> begun.contains(module(name)) && !present.contains(name))
                .toList();
    }

    private static boolean isOfAdapter(String name) {
        return OF_ADAPTERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static String module(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    static Map<String, Array> tensors(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AdapterException("There is no adapter file " + file + ".");
        }
        try {
            return Safetensors.load(file);
        } catch (IOException e) {
            throw new AdapterException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> misfit(String name, Array tensor, Map<String, Parameter> targets) {
        Parameter target = targets.get(name);
        if (target == null) {
            return Optional.of(name + " is not among the adapted weights of the model");
        }
        int[] expected = target.value().shape();
        return Arrays.equals(tensor.shape(), expected)
                ? Optional.empty()
                : Optional.of(name + " is " + Arrays.toString(tensor.shape()) + ", the model needs "
                        + Arrays.toString(expected));
    }

    /** Writes parameters as {@code adapters.safetensors}. */
    public void writeWeights(Map<String, Parameter> trained) {
        writeWeights(weights(), trained);
    }

    /** Writes parameters to a file, complete or not at all. */
    public static void writeWeights(Path file, Map<String, Parameter> trained) {
        Map<String, Array> tensors = new LinkedHashMap<>();
        trained.forEach((name, parameter) -> tensors.put(name, parameter.value()));
        try {
            Safetensors.save(file, tensors, Map.of("format", "mlx"));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    JsonNode readConfig() {
        if (!Files.isRegularFile(config())) {
            throw new AdapterException(
                    path + " is no adapter folder: adapter_config.json is missing in it. An adapter folder holds"
                            + " adapter_config.json and adapters.safetensors.");
        }
        try {
            JsonNode json = JSON.readTree(Files.readString(config()));
            if (!json.isObject()) {
                throw new AdapterException(config() + " holds no JSON object, but settings are expected.");
            }
            return json;
        } catch (IOException | JacksonException e) {
            throw new AdapterException(config() + " cannot be read as JSON.", e);
        }
    }
}
