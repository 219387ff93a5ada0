package org.mlxspring.engine.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.ByteSize;
import org.mlxspring.engine.train.TrainSettings;
import org.mlxspring.engine.train.TrainSpec;

/**
 * What {@code mlx lora} is to do: the settings of its flags over those of its file over mlx-lm's defaults.
 *
 * @param train whether to train
 * @param test whether to judge the test split, after training if there is any
 * @param model folder of the base model
 * @param data folder with the splits
 * @param adapterPath folder of the adapter; empty to test the base model itself
 * @param resumeAdapterFile weights to start from
 * @param settings everything else
 */
record LoraConfiguration(
        boolean train,
        boolean test,
        Path model,
        Path data,
        Optional<Path> adapterPath,
        Optional<Path> resumeAdapterFile,
        TrainSettings settings) {

    /** Settings that may be given as sizes, such as 2GB. */
    private static final List<String> SIZES = List.of("clear_cache_threshold", "activation_cache");
    /** Settings of mlx-lm that change nothing here: no code of a model is run, and nothing is reported elsewhere. */
    private static final List<String> WITHOUT_EFFECT = List.of("config", "trust_remote_code", "project_name");

    /**
     * @param file settings of the file, by mlx-lm's names
     * @param flags settings of the flags, by mlx-lm's names
     * @throws UsageException if a setting is missing or cannot be followed
     */
    static LoraConfiguration of(Map<String, Object> file, Map<String, Object> flags) {
        Map<String, Object> all = new HashMap<>(file);
        all.putAll(flags);
        WITHOUT_EFFECT.forEach(all::remove);
        refuse(all, "report_to", "no service outside this machine is told anything; use --metrics FILE");
        refuse(all, "hf_dataset", "data is not downloaded; use --data FOLDER with train.jsonl and valid.jsonl");
        boolean train = flag(all, "train");
        boolean test = flag(all, "test");
        if (!train && !test) {
            throw new UsageException("Nothing to do: give --train, --test or both.");
        }
        String model = required(all, "model", "the base model's folder");
        String data = required(all, "data", "the folder with train.jsonl, valid.jsonl and test.jsonl");
        String adapterPath = Optional.ofNullable(text(all, "adapter_path")).orElse("adapters");
        if (train && adapterPath.isEmpty()) {
            throw new UsageException("--adapter-path is empty; training needs a folder for its adapter.");
        }
        Optional<Path> resumeAdapterFile =
                Optional.ofNullable(text(all, "resume_adapter_file")).map(Path::of);
        TrainSettings settings;
        try {
            for (String name : SIZES) {
                if (all.get(name) instanceof String size) {
                    all.put(name, ByteSize.parse(name, size));
                }
            }
            settings = TrainSettings.fromMap(all);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return new LoraConfiguration(
                train,
                test,
                ModelFolder.require("--model", model),
                Path.of(data),
                adapterPath.isEmpty() ? Optional.empty() : Optional.of(Path.of(adapterPath)),
                resumeAdapterFile,
                settings);
    }

    /** The training part, for one that has it. */
    TrainSpec trainSpec(boolean resume) {
        return new TrainSpec(
                model, data, Optional.empty(), adapterPath.orElseThrow(), settings, resumeAdapterFile, resume, test);
    }

    private static void refuse(Map<String, Object> all, String name, String instead) {
        Object value = all.remove(name);
        if (value != null && !value.equals("")) {
            throw new UsageException(flagName(name) + " is not supported: " + instead + ".");
        }
    }

    private static boolean flag(Map<String, Object> all, String name) {
        return switch (all.remove(name)) {
            case null -> false;
            case Boolean value -> value;
            case Object value -> throw new UsageException(name + " is '" + value + "'; it must be true or false.");
        };
    }

    private static String required(Map<String, Object> all, String name, String what) {
        String text = text(all, name);
        if (text == null || text.isEmpty()) {
            throw new UsageException(
                    flagName(name) + " is missing: give " + what + ", or '" + name + "' in the file of --config.");
        }
        return text;
    }

    private static @Nullable String text(Map<String, Object> all, String name) {
        Object value = all.remove(name);
        if (value instanceof Map || value instanceof List) {
            throw new UsageException(name + " is no single value; it must be a path.");
        }
        return value == null ? null : value.toString();
    }

    private static String flagName(String setting) {
        return "--" + setting.replace('_', '-');
    }
}
