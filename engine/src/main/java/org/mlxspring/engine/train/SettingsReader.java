package org.mlxspring.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.adapter.LoraParameters;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.optim.OptimizerSettings;
import org.mlxspring.engine.optim.ScheduleSettings;

/** Reads {@link TrainSettings} from a map; every value it takes is crossed off, and what is left over is unknown. */
final class SettingsReader {

    private final String path;
    private final Map<String, Object> rest;
    private final TreeSet<String> known = new TreeSet<>();

    private SettingsReader(String path, Map<String, ?> values) {
        this.path = path;
        this.rest = new HashMap<>(values);
        this.rest.values().removeIf(value -> value == null);
    }

    static TrainSettings read(Map<String, ?> values) {
        SettingsReader in = new SettingsReader("", values);
        String optimizer = in.text("optimizer", OptimizerSettings.DEFAULT.name());
        Map<String, Object> optimizers = in.map("optimizer_config");
        TrainSettings settings = new TrainSettings(
                FineTuneType.of(in.text("fine_tune_type", FineTuneType.LORA.settingName())),
                new OptimizerSettings(optimizer, optionsOf(optimizer, optimizers)),
                in.lossMask(),
                in.integer("num_layers", 16, -1),
                in.integer("batch_size", 4, 1),
                in.integer("iters", 1000, 1),
                in.integer("val_batches", 25, -1),
                in.number("learning_rate", 1e-5),
                in.integer("steps_per_report", 10, 1),
                in.integer("steps_per_eval", 200, 1),
                in.integer("grad_accumulation_steps", 1, 1),
                in.integer("save_every", 100, 1),
                in.integer("test_batches", 500, -1),
                in.integer("max_seq_length", 2048, 2),
                in.bool("grad_checkpoint", false),
                in.whole("clear_cache_threshold", 0, 0, Long.MAX_VALUE),
                in.schedule(),
                in.lora(),
                in.whole("seed", 0, 0, 0xFFFFFFFFL),
                TrainMode.of(in.text("train_mode", TrainMode.SFT.settingName())),
                in.aboveZero("beta", 0.1),
                in.atLeastZero("max_grad_norm"),
                in.integer("early_stopping_patience", 0, 0),
                in.atLeastZero("early_stopping_min_delta"),
                in.integer("keep_checkpoints", 0, 0),
                in.lossScale(),
                in.aboveZero("loraplus_lr_ratio", 1),
                in.bool("auto_batch", false),
                in.whole("activation_cache", 4_000_000_000L, 0, Long.MAX_VALUE),
                in.integer("processes", 1, 1));
        in.finish();
        if (settings.batchSize() % settings.processes() != 0) {
            throw new IllegalArgumentException("batch_size is " + settings.batchSize() + ", which "
                    + settings.processes() + " processes cannot share evenly; it must be a multiple of processes.");
        }
        if (settings.earlyStoppingPatience() > 0 && settings.valBatches() == 0) {
            throw new IllegalArgumentException("early_stopping_patience is " + settings.earlyStoppingPatience()
                    + ", but val_batches is 0, so nothing is ever validated; set val_batches to -1 or more than 0.");
        }
        return settings;
    }

    /** {@code mask_prompt} is mlx-lm's name for one of the masks. */
    private LossMask lossMask() {
        boolean given = rest.containsKey("mask_prompt");
        boolean maskPrompt = bool("mask_prompt", false);
        LossMask otherwise = maskPrompt ? LossMask.PROMPT : LossMask.ROW;
        LossMask mask = LossMask.of(text("loss_mask", otherwise.settingName()));
        if (given && maskPrompt != (mask == LossMask.PROMPT)) {
            throw new IllegalArgumentException("mask_prompt is " + maskPrompt + " and loss_mask is '"
                    + mask.settingName() + "', which contradict each other; leave mask_prompt out.");
        }
        return mask;
    }

    private LossScale lossScale() {
        Object value = take("loss_scale");
        return switch (value) {
            case null -> LossScale.NONE;
            case String text when text.equals("dynamic") -> LossScale.DYNAMIC;
            default -> new LossScale(toNumber("loss_scale", value, "a number above 0, or 'dynamic'"), false);
        };
    }

    private double atLeastZero(String name) {
        double number = number(name, 0);
        if (number < 0) {
            throw wrong(name, number, "a number of at least 0");
        }
        return number;
    }

    private double aboveZero(String name, double otherwise) {
        double number = number(name, otherwise);
        if (number <= 0) {
            throw wrong(name, number, "a number above 0");
        }
        return number;
    }

    private static Map<String, Object> optionsOf(String optimizer, Map<String, Object> optimizers) {
        return optimizers.get(optimizer) instanceof Map<?, ?> options ? copy(options) : Map.of();
    }

    private LoraParameters lora() {
        if (!(take("lora_parameters") instanceof Object value)) {
            return LoraParameters.DEFAULT;
        }
        SettingsReader in = new SettingsReader("lora_parameters.", asMap("lora_parameters", value));
        if (in.rest.containsKey("alpha")) {
            throw new IllegalArgumentException(
                    "lora_parameters.alpha is not a setting; use 'scale', the factor on the adapter's output"
                            + " (alpha / rank elsewhere).");
        }
        LoraParameters parameters = new LoraParameters(
                in.integer("rank", LoraParameters.DEFAULT.rank(), 1),
                in.number("scale", LoraParameters.DEFAULT.scale()),
                in.number("dropout", LoraParameters.DEFAULT.dropout()),
                in.strings("keys"),
                in.bool("use_rslora", false));
        in.finish();
        return parameters;
    }

    private Optional<ScheduleSettings> schedule() {
        if (!(take("lr_schedule") instanceof Object value)) {
            return Optional.empty();
        }
        SettingsReader in = new SettingsReader("lr_schedule.", asMap("lr_schedule", value));
        ScheduleSettings schedule = new ScheduleSettings(
                in.text("name", ""), in.numbers("arguments"), in.integer("warmup", 0, 0), in.number("warmup_init", 0));
        in.finish();
        return Optional.of(schedule);
    }

    private void finish() {
        if (!rest.isEmpty()) {
            String unknown = new TreeSet<>(rest.keySet()).first();
            throw new IllegalArgumentException(
                    "Unknown setting '" + path + unknown + "'; known are " + String.join(", ", known) + ".");
        }
    }

    private @Nullable Object take(String name) {
        known.add(name);
        return rest.remove(name);
    }

    private String text(String name, String otherwise) {
        Object value = take(name);
        return switch (value) {
            case null -> otherwise;
            case String text -> text;
            default -> throw wrong(name, value, "a text");
        };
    }

    private boolean bool(String name, boolean otherwise) {
        Object value = take(name);
        return switch (value) {
            case null -> otherwise;
            case Boolean bool -> bool;
            case String text when text.equals("true") || text.equals("false") -> text.equals("true");
            default -> throw wrong(name, value, "true or false");
        };
    }

    private int integer(String name, int otherwise, int least) {
        return (int) whole(name, otherwise, least, Integer.MAX_VALUE);
    }

    private long whole(String name, long otherwise, long least, long most) {
        Object value = take(name);
        if (value == null) {
            return otherwise;
        }
        double number = toNumber(name, value, "a whole number");
        if (number != Math.rint(number) || number < least || number > most) {
            throw wrong(name, value, "a whole number of at least " + least);
        }
        return (long) number;
    }

    private double number(String name, double otherwise) {
        Object value = take(name);
        return value == null ? otherwise : toNumber(name, value, "a number");
    }

    private double toNumber(String name, Object value, String wanted) {
        double number;
        try {
            number = value instanceof Number n ? n.doubleValue() : Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw wrong(name, value, wanted);
        }
        if (!Double.isFinite(number)) {
            throw wrong(name, value, wanted);
        }
        return number;
    }

    private List<Double> numbers(String name) {
        Object value = take(name);
        if (!(value instanceof Iterable<?> items)) {
            throw wrong(name, value == null ? "absent" : value, "a list of numbers");
        }
        List<Double> numbers = new ArrayList<>();
        for (Object item : items) {
            numbers.add(toNumber(name, item, "a list of numbers"));
        }
        return numbers;
    }

    private Optional<List<String>> strings(String name) {
        Object value = take(name);
        if (value == null) {
            return Optional.empty();
        }
        List<String> strings = new ArrayList<>();
        if (value instanceof Map<?, ?> map
                && map.keySet().stream().allMatch(k -> k.toString().matches("\\d+"))) {
            // Spring's relaxed binding turns a list inside a Map<String, Object> into one with indices as keys.
            map.values().forEach(item -> strings.add(item.toString()));
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> strings.add(item.toString()));
        } else {
            throw wrong(name, value, "a list of names");
        }
        return Optional.of(strings);
    }

    private Map<String, Object> map(String name) {
        Object value = take(name);
        return value == null ? Map.of() : asMap(name, value);
    }

    private Map<String, Object> asMap(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        throw wrong(name, value, "a group of settings");
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new HashMap<>();
        map.forEach((key, item) -> copy.put(key.toString(), item));
        copy.values().removeIf(item -> item == null);
        return copy;
    }

    private IllegalArgumentException wrong(String name, Object value, String wanted) {
        return new IllegalArgumentException(path + name + " is '" + value + "'; it must be " + wanted + ".");
    }
}
