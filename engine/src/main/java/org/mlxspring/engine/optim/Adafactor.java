package org.mlxspring.engine.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/**
 * Adafactor (Shazeer and Stern, 2018), as {@code mlx.optimizers.Adafactor}: of an array of two dimensions or more it keeps
 * the mean squares of rows and columns only. With {@code relativeStep}, its default, it takes its step size from the
 * number of the update and not from the learning rate.
 *
 * @param epsSquare added to squared gradients
 * @param epsScale least scale of a parameter
 * @param clipThreshold root mean square above which an update is scaled down
 * @param decayRate exponent of the running mean's decay by the number of the update
 * @param beta1 decay of the first moment, if one is kept
 */
record Adafactor(
        float epsSquare,
        float epsScale,
        float clipThreshold,
        float decayRate,
        OptionalDouble beta1,
        float weightDecay,
        boolean scaleParameter,
        boolean relativeStep,
        boolean warmupInit)
        implements Rule {

    private static final String ROW = "exp_avg_sq_row";
    private static final String COLUMN = "exp_avg_sq_col";
    private static final String ALL = "exp_avg_sq";
    private static final String FIRST = "exp_avg";

    static Adafactor of(OptimizerOptions options) {
        double[] eps = options.pair("eps", 1e-30, 1e-3);
        double clip = options.number("clip_threshold", 1);
        if (clip <= 0) {
            throw options.wrong("clip_threshold", "above 0");
        }
        return new Adafactor(
                (float) eps[0],
                (float) eps[1],
                (float) clip,
                (float) options.number("decay_rate", -0.8),
                options.number("beta_1"),
                (float) options.number("weight_decay", 0),
                options.bool("scale_parameter", true),
                options.bool("relative_step", true),
                options.bool("warmup_init", false));
    }

    @Override
    public Map<String, Array> start(Array gradient) {
        DType type = gradient.dtype();
        int[] shape = gradient.shape();
        int last = shape.length - 1;
        Map<String, Array> moments = new LinkedHashMap<>();
        if (last >= 1) {
            int[] columns = Arrays.copyOf(shape, last);
            columns[last - 1] = shape[last];
            moments.put(ROW, Array.zeros(type, Arrays.copyOf(shape, last)));
            moments.put(COLUMN, Array.zeros(type, columns));
        } else {
            moments.put(ALL, Array.zeros(type, shape));
        }
        if (beta1.isPresent()) {
            moments.put(FIRST, Array.zeros(type, shape));
        }
        return moments;
    }

    @Override
    public int wholeMoments() {
        return beta1.isPresent() ? 1 : 0;
    }

    @Override
    public Updated update(Array parameter, Array gradient, Map<String, Array> moments, Step step) {
        Map<String, Array> updated = new LinkedHashMap<>();
        DType type = parameter.dtype();
        Array rate = rate(parameter, step);
        Array fresh = step.numberAsFloat().power(Array.of(decayRate)).astype(type);
        Array squares = gradient.square().add(epsSquare);
        Array change = moments.containsKey(ALL)
                ? whole(squares, fresh, moments, updated).multiply(gradient)
                : factored(squares, fresh, moments, updated).multiply(gradient);
        Array excess = rootMeanSquare(change).divide(clipThreshold);
        change = change.divide(excess.maximum(scalar(1, excess.dtype()))).multiply(rate);
        if (beta1.isPresent()) {
            float old = (float) beta1.getAsDouble();
            change = moments.get(FIRST).multiply(old).add(change.multiply((float) (1 - beta1.getAsDouble())));
            updated.put(FIRST, change);
        }
        Array decayed = weightDecay == 0 || !step.decays()
                ? parameter
                : parameter.add(parameter.multiply(rate.multiply(-weightDecay)));
        return new Updated(decayed.subtract(change), updated);
    }

    private Array rate(Array parameter, Step step) {
        DType type = parameter.dtype();
        Array rate = relativeStep ? relativeRate(step).astype(type) : step.rate(type);
        return scaleParameter
                ? rootMeanSquare(parameter).maximum(scalar(epsScale, type)).multiply(rate)
                : rate;
    }

    private Array relativeRate(Step step) {
        Array number = step.numberAsFloat();
        Array most = warmupInit ? number.multiply(1e-6f) : Array.of(1e-2f);
        return most.minimum(number.rsqrt()).multiply((float) step.rateFactor());
    }

    private static Array whole(Array squares, Array fresh, Map<String, Array> moments, Map<String, Array> updated) {
        Array mean = mix(moments.get(ALL), squares, fresh);
        updated.put(ALL, mean);
        return mean.rsqrt();
    }

    private static Array factored(Array squares, Array fresh, Map<String, Array> moments, Map<String, Array> updated) {
        Array row = mix(moments.get(ROW), squares.mean(-1, false), fresh);
        Array column = mix(moments.get(COLUMN), squares.mean(-2, false), fresh);
        updated.put(ROW, row);
        updated.put(COLUMN, column);
        Array rows = row.divide(row.mean(-1, true)).rsqrt();
        return rows.expandDims(-1).multiply(column.rsqrt().expandDims(-2));
    }

    /** {@code beta2 * old + (1 - beta2) * now} with {@code beta2 = 1 - fresh}, rounded where mlx rounds. */
    private static Array mix(Array old, Array now, Array fresh) {
        Array one = scalar(1, fresh.dtype());
        Array beta2 = one.subtract(fresh);
        return beta2.multiply(old).add(one.subtract(beta2).multiply(now));
    }

    private static Array rootMeanSquare(Array array) {
        return array.square().mean().sqrt();
    }

    private static Array scalar(float value, DType type) {
        return Array.of(value).astype(type);
    }
}
