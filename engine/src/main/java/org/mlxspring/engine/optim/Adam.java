package org.mlxspring.engine.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;

/**
 * Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019), with the formulas and defaults of {@code
 * mlx.optimizers}: no bias correction unless asked for.
 */
public final class Adam {

    private static final double DEFAULT_DECAY = 0.01;

    private final Schedule schedule;
    private final double beta1;
    private final double beta2;
    private final float eps;
    private final boolean biasCorrection;
    private final float weightDecay;
    private final Map<String, Array> first = new LinkedHashMap<>();
    private final Map<String, Array> second = new LinkedHashMap<>();
    private long updates;

    private Adam(Schedule schedule, double[] betas, double eps, boolean biasCorrection, double weightDecay) {
        this.schedule = schedule;
        this.beta1 = betas[0];
        this.beta2 = betas[1];
        this.eps = (float) eps;
        this.biasCorrection = biasCorrection;
        this.weightDecay = (float) weightDecay;
    }

    /**
     * @throws IllegalArgumentException if the name is not {@code adam} or {@code adamw}, or an option is unknown
     */
    public static Adam of(OptimizerSettings settings, Schedule schedule) {
        boolean decoupled = settings.name().equals("adamw");
        if (!decoupled && !settings.name().equals("adam")) {
            throw new IllegalArgumentException("optimizer is '" + settings.name() + "'; supported are adam and adamw.");
        }
        Map<String, Object> options = settings.options();
        TreeSet<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(
                decoupled
                        ? List.of("betas", "eps", "bias_correction", "weight_decay")
                        : List.of("betas", "eps", "bias_correction"));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "optimizer_config." + settings.name() + " has no option '" + unknown.first() + "'.");
        }
        return new Adam(
                schedule,
                betas(options),
                number(options, "eps", 1e-8),
                Boolean.parseBoolean(String.valueOf(options.getOrDefault("bias_correction", false))),
                decoupled ? number(options, "weight_decay", DEFAULT_DECAY) : 0);
    }

    private static double[] betas(Map<String, Object> options) {
        Object value = options.getOrDefault("betas", List.of(0.9, 0.999));
        double[] betas = value instanceof List<?> list && list.size() == 2
                ? new double[] {toNumber("betas", list.get(0)), toNumber("betas", list.get(1))}
                : new double[] {-1, -1};
        if (!(betas[0] >= 0 && betas[0] < 1 && betas[1] >= 0 && betas[1] < 1)) {
            throw new IllegalArgumentException(
                    "optimizer_config betas is " + value + "; it must be two numbers, each at least 0 and below 1.");
        }
        return betas;
    }

    private static double number(Map<String, Object> options, String name, double otherwise) {
        return options.containsKey(name) ? toNumber(name, options.get(name)) : otherwise;
    }

    private static double toNumber(String name, Object value) {
        try {
            return Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("optimizer_config " + name + " is " + value + "; it must be a number.");
        }
    }

    /** The rate of the next update. */
    public double learningRate() {
        return schedule.at(updates);
    }

    /** The rate of the last update; before the first, that of the next. */
    public double lastLearningRate() {
        return schedule.at(Math.max(0, updates - 1));
    }

    /** Number of updates made. */
    public long updates() {
        return updates;
    }

    /**
     * Makes one update. The new values and moments live in the scope around {@code scope}; they are not computed yet.
     *
     * @param gradients one per parameter, in the same order
     * @return every array that has to be computed
     */
    public List<Array> update(Map<String, Parameter> parameters, List<Array> gradients, Scope scope) {
        float rate = (float) learningRate();
        updates++;
        List<Array> pending = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            pending.addAll(updateOne(entry.getKey(), entry.getValue(), gradients.get(i++), rate, scope));
        }
        return pending;
    }

    private List<Array> updateOne(String name, Parameter parameter, Array gradient, float rate, Scope scope) {
        Array old = parameter.value();
        Array m = first.containsKey(name)
                ? first.get(name).multiply((float) beta1).add(gradient.multiply((float) (1 - beta1)))
                : gradient.multiply((float) (1 - beta1));
        Array v = second.containsKey(name)
                ? second.get(name).multiply((float) beta2).add(gradient.square().multiply((float) (1 - beta2)))
                : gradient.square().multiply((float) (1 - beta2));
        Array decayed = weightDecay == 0 ? old : old.multiply(1 - rate * weightDecay);
        Array value = decayed.subtract(step(m, v, rate));
        replace(first, name, scope.keep(m));
        replace(second, name, scope.keep(v));
        parameter.set(scope.keep(value));
        old.close();
        return List.of(value, m, v);
    }

    private Array step(Array m, Array v, float rate) {
        if (!biasCorrection) {
            return m.multiply(rate).divide(v.sqrt().add(eps));
        }
        float c1 = (float) (rate / (1 - Math.pow(beta1, updates)));
        float c2 = (float) (1 / Math.sqrt(1 - Math.pow(beta2, updates)));
        return m.multiply(c1).divide(v.sqrt().multiply(c2).add(eps));
    }

    private static void replace(Map<String, Array> moments, String name, Array moment) {
        Array old = moments.put(name, moment);
        if (old != null) {
            old.close();
        }
    }

    /** The moments by name ({@code NAME.m}, {@code NAME.v}), for a checkpoint. */
    public Map<String, Array> moments() {
        Map<String, Array> moments = new LinkedHashMap<>();
        first.forEach((name, moment) -> moments.put(name + ".m", moment));
        second.forEach((name, moment) -> moments.put(name + ".v", moment));
        return moments;
    }

    /** Goes on from what {@link #moments} and {@link #updates} gave. */
    public void restore(Map<String, Array> moments, long updatesMade) {
        moments.forEach((name, moment) -> {
            String parameter = name.substring(0, name.length() - 2);
            (name.endsWith(".m") ? first : second).put(parameter, moment);
        });
        updates = updatesMade;
    }
}
