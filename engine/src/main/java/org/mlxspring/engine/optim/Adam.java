package org.mlxspring.engine.optim;

import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Fast.AdamStep;

/**
 * Adam (Kingma and Ba, 2015) and, with weight decay, AdamW (Loshchilov and Hutter, 2019), with the formulas and defaults
 * of {@code mlx.optimizers}: no bias correction unless asked for.
 *
 * @param weightDecay decoupled from the gradient; 0 is Adam
 */
record Adam(double beta1, double beta2, float eps, boolean biasCorrection, float weightDecay) implements Rule {

    static Adam adam(OptimizerOptions options) {
        return of(options, 0);
    }

    static Adam adamw(OptimizerOptions options) {
        return of(options, options.number("weight_decay", 0.01));
    }

    private static Adam of(OptimizerOptions options, double weightDecay) {
        double[] betas = options.pair("betas", 0.9, 0.999);
        if (!(betas[0] >= 0 && betas[0] < 1 && betas[1] >= 0 && betas[1] < 1)) {
            throw options.wrong("betas", "two numbers, each at least 0 and below 1");
        }
        double eps = options.number("eps", 1e-8);
        if (eps < 0) {
            throw options.wrong("eps", "at least 0");
        }
        return new Adam(betas[0], betas[1], (float) eps, options.bool("bias_correction", false), (float) weightDecay);
    }

    @Override
    public Map<String, Array> start(Array gradient) {
        return Map.of(
                "m", Array.zeros(gradient.dtype(), gradient.shape()),
                "v", Array.zeros(gradient.dtype(), gradient.shape()));
    }

    @Override
    public int wholeMoments() {
        return 2;
    }

    @Override
    public Updated update(Array parameter, Array gradient, Map<String, Array> moments, Step step) {
        return Fast.adam(inNumbers(step), parameter, gradient, moments.get("m"), moments.get("v"))
                .map(made -> new Updated(made.get(0), Map.of("m", made.get(1), "v", made.get(2))))
                .orElseGet(() -> inArrays(parameter, gradient, moments, step));
    }

    private AdamStep inNumbers(Step step) {
        float rate = (float) (step.scheduledRate() * step.rateFactor());
        float keep = weightDecay == 0 || !step.decays() ? 1 : 1 - rate * weightDecay;
        if (!biasCorrection) {
            return new AdamStep(beta1, beta2, eps, rate, 1, keep);
        }
        double corrected = rate / (1 - Math.pow((float) beta1, step.number()));
        double unbias = 1 / Math.sqrt(1 - Math.pow((float) beta2, step.number()));
        return new AdamStep(beta1, beta2, eps, (float) corrected, (float) unbias, keep);
    }

    private Updated inArrays(Array parameter, Array gradient, Map<String, Array> moments, Step step) {
        Array rate = step.rate(gradient.dtype());
        Array m = moments.get("m").multiply((float) beta1).add(gradient.multiply((float) (1 - beta1)));
        Array v = moments.get("v").multiply((float) beta2).add(gradient.square().multiply((float) (1 - beta2)));
        Array decayed = weightDecay == 0 || !step.decays()
                ? parameter
                : parameter.multiply(one(rate.dtype()).subtract(rate.multiply(weightDecay)));
        Array change = biasCorrection
                ? corrected(m, v, rate, step)
                : m.multiply(rate).divide(v.sqrt().add(eps));
        return new Updated(decayed.subtract(change), Map.of("m", m, "v", v));
    }

    private Array corrected(Array m, Array v, Array rate, Step step) {
        Array number = step.numberAsFloat();
        Array one = one(DType.FLOAT32);
        Array c1 = rate.divide(one.subtract(Array.of((float) beta1).power(number)));
        Array c2 = one.subtract(Array.of((float) beta2).power(number)).rsqrt();
        return m.multiply(c1.astype(rate.dtype()))
                .divide(v.sqrt().multiply(c2.astype(rate.dtype())).add(eps));
    }

    private static Array one(DType type) {
        return Array.of(1f).astype(type);
    }
}
