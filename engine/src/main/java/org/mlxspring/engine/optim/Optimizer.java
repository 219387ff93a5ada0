package org.mlxspring.engine.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;

/**
 * Changes parameters along their gradients, by one of the rules of {@code mlx.optimizers}: adam, adamw, muon, sgd or
 * adafactor. What it holds between updates comes out of {@link #moments} and {@link #updates} and goes back by {@link
 * #restore}; nothing else decides what the next update does.
 */
public final class Optimizer {

    private final Rule rule;
    private final boolean decaysAll;
    private final Schedule schedule;
    private final ToDoubleFunction<String> rateFactor;
    private final Map<String, Map<String, Array>> moments = new LinkedHashMap<>();
    private long updates;
    private boolean restored;

    private Optimizer(Rule rule, boolean decaysAll, Schedule schedule, ToDoubleFunction<String> rateFactor) {
        this.rule = rule;
        this.decaysAll = decaysAll;
        this.schedule = schedule;
        this.rateFactor = rateFactor;
    }

    /**
     * Builds an optimizer that has made no update.
     *
     * @param rateFactor factor on the learning rate by parameter name, as LoRA+ asks for; 1 changes nothing
     * @throws IllegalArgumentException if the name or an option is unknown, or a value is wrong; it names what is right
     */
    public static Optimizer of(OptimizerSettings settings, Schedule schedule, ToDoubleFunction<String> rateFactor) {
        OptimizerOptions options = new OptimizerOptions(settings);
        boolean decaysAll = options.bool("decay_norms_and_biases", true);
        Rule rule = rule(settings.name(), options);
        options.finish();
        return new Optimizer(rule, decaysAll, schedule, rateFactor);
    }

    private static Rule rule(String name, OptimizerOptions options) {
        return switch (name) {
            case "adam" -> Adam.adam(options);
            case "adamw" -> Adam.adamw(options);
            case "muon" -> Muon.of(options);
            case "sgd" -> Sgd.of(options);
            case "adafactor" -> Adafactor.of(options);
            default ->
                throw new IllegalArgumentException(
                        "optimizer is '" + name + "'; it must be adam, adamw, muon, sgd or adafactor.");
        };
    }

    /**
     * How many moments of the size of a parameter an optimizer holds for each, without MLX; smaller ones do not count.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static int wholeMoments(OptimizerSettings settings) {
        return rule(settings.name(), new OptimizerOptions(settings)).wholeMoments();
    }

    /** The schedule's rate for the next update, before any factor. */
    public double learningRate() {
        return schedule.at(updates);
    }

    /** The schedule's rate of the last update; before the first, that of the next. */
    public double lastLearningRate() {
        return schedule.at(Math.max(0, updates - 1));
    }

    /** Number of updates made. */
    public long updates() {
        return updates;
    }

    /**
     * Makes one update. The new values and moments live in the scope around {@code scope}; they are not computed yet.
     * Parameters keep their types; moments have those of the gradients. For float16 parameters give float32 gradients: in
     * float16 the squares of small gradients are 0, and so is adam's default eps.
     *
     * @param gradients one per parameter, in the same order
     * @param scope the innermost scope
     * @return every array that has to be computed
     * @throws IllegalStateException if the moments that were restored do not belong to these parameters
     */
    public List<Array> update(Map<String, Parameter> parameters, List<Array> gradients, Scope scope) {
        double rate = learningRate();
        updates++;
        List<Array> pending = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            // Nothing of what an update makes on its way is held when it is computed, so that its buffers are used
            // again.
            try (Scope onTheWay = Scope.open()) {
                List<Array> made = updateOne(entry.getKey(), entry.getValue(), gradients.get(i++), rate);
                made.forEach(array -> scope.keep(onTheWay.keep(array)));
                pending.addAll(made);
            }
        }
        restored = false;
        return pending;
    }

    private List<Array> updateOne(String name, Parameter parameter, Array gradient, double rate) {
        Array old = parameter.value();
        Map<String, Array> before = momentsOf(name, gradient);
        Step step = new Step(updates, rate, rateFactor.applyAsDouble(name), decays(name, old));
        Rule.Updated updated = rule.update(old, gradient, before, step);
        Array value = updated.value().astype(old.dtype());
        moments.put(name, updated.moments());
        parameter.set(value);
        before.values().forEach(Array::close);
        old.close();
        List<Array> pending = new ArrayList<>(updated.moments().values());
        pending.add(value);
        return pending;
    }

    private boolean decays(String name, Array value) {
        return decaysAll || !(name.equals("bias") || name.endsWith(".bias") || value.shape().length <= 1);
    }

    private Map<String, Array> momentsOf(String name, Array gradient) {
        Map<String, Array> held = moments.get(name);
        if (held != null && !restored) {
            return held;
        }
        Map<String, Array> start = rule.start(gradient);
        if (!restored) {
            return start;
        }
        Map<String, Array> found = held == null ? Map.of() : held;
        start.forEach((key, fresh) -> {
            Array moment = found.get(key);
            if (moment == null || !Arrays.equals(moment.shape(), fresh.shape())) {
                throw new IllegalStateException("The moments of update " + (updates - 1) + " do not fit this run: '"
                        + name + "." + key + "' "
                        + (moment == null ? "is missing" : "has shape " + Arrays.toString(moment.shape()))
                        + "; it must have shape " + Arrays.toString(fresh.shape()) + ".");
            }
        });
        return found;
    }

    /** The moments by name ({@code PARAMETER.NAME}, with mlx's names such as {@code m} and {@code v}), for a checkpoint. */
    public Map<String, Array> moments() {
        Map<String, Array> named = new LinkedHashMap<>();
        moments.forEach((parameter, held) ->
                new TreeMap<>(held).forEach((name, moment) -> named.put(parameter + "." + name, moment)));
        return named;
    }

    /**
     * Goes on from what {@link #moments} and {@link #updates} gave.
     *
     * @param moments arrays that live as long as this optimizer
     */
    public void restore(Map<String, Array> moments, long updatesMade) {
        this.moments.clear();
        moments.forEach((name, moment) -> {
            int dot = name.lastIndexOf('.');
            this.moments
                    .computeIfAbsent(name.substring(0, dot), parameter -> new HashMap<>())
                    .put(name.substring(dot + 1), moment);
        });
        updates = updatesMade;
        restored = updatesMade > 0;
    }
}
