package org.mlxspring.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.model.Substitution;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.optim.Clipping;
import org.mlxspring.engine.optim.Optimizer;

/**
 * The arithmetic of an iteration: the gradient of the objective, its sum over all processes, its scale, its sum with those
 * that wait, clipping, and the update. Nothing is changed before loss and gradient are known to be finite.
 */
final class Updates {

    /**
     * What an iteration brought.
     *
     * @param loss mean loss of what the objective counts
     * @param metrics means of the objective's further metrics, by name
     * @param tokens targets trained on; 0 when the gradient overflowed and the batch was left out
     */
    record Outcome(double loss, Map<String, Double> metrics, int tokens) {}

    private final TrainSettings settings;
    private final Objective objective;
    private final Group group;
    private final Map<String, Parameter> trained;
    private final Optimizer optimizer;
    private final Breakdown breakdown;
    private final LossScaler scaler;
    private final Map<String, Array> waiting = new LinkedHashMap<>();
    private double waitingWeight;
    private double gradNorm;

    Updates(TrainSpec spec, Objective objective, Group group, Map<String, Parameter> trained, Optimizer optimizer) {
        this.settings = spec.settings();
        this.objective = objective;
        this.group = group;
        this.trained = trained;
        this.optimizer = optimizer;
        this.breakdown = new Breakdown(spec);
        this.scaler = new LossScaler(settings.lossScale());
    }

    /**
     * Runs one iteration.
     *
     * @param iteration its number, from 1
     * @param rows of all processes
     * @throws TrainException if the loss or the gradient is not finite
     */
    Outcome run(int iteration, Batch rows) {
        boolean due = iteration % settings.gradAccumulationSteps() == 0;
        try (Scope scope = Scope.open()) {
            Objective.Inputs share = objective.inputs(rows.share(group.rank(), group.size()));
            double[] counted = group.sum(share.weight(), share.tokens());
            double weight = counted[0];
            Gradient.Result result = summed(gradientOf(share, weight));
            List<Array> gradients = unscaled(result.gradients());
            Array norm = Clipping.norm(gradients);
            List<Array> pending = new ArrayList<>(result.values());
            pending.add(norm);
            Mlx.eval(pending);
            double loss = result.values().get(1).item();
            requireFinite("training loss is ", loss, iteration, rows);
            boolean taken = takes(norm.item(), iteration, rows);
            if (settings.gradAccumulationSteps() > 1) {
                if (taken) {
                    accumulate(gradients, weight, scope);
                }
                if (due && waitingWeight > 0) {
                    List<Array> means = meanOfWaiting();
                    apply(clipped(means, Clipping.norm(means)), iteration, rows, scope);
                    forgetWaiting();
                }
            } else if (taken) {
                apply(clipped(gradients, norm), iteration, rows, scope);
            }
            return new Outcome(loss, metrics(result.values()), taken ? (int) counted[1] : 0);
        }
    }

    /** With those of the other processes. */
    private Gradient.Result summed(Gradient.Result share) {
        List<Array> all = new ArrayList<>(share.values());
        all.addAll(share.gradients());
        List<Array> sums = group.sum(all);
        int values = share.values().size();
        return new Gradient.Result(sums.subList(0, values), sums.subList(values, sums.size()));
    }

    /**
     * The mean loss with the loss scale, and without, and the means of the metrics; the gradient of the first. A share
     * without anything to learn is computed all the same, and counts for nothing.
     *
     * @param weight of the shares of all processes
     */
    private Gradient.Result gradientOf(Objective.Inputs share, double weight) {
        List<Parameter> parameters = List.copyOf(trained.values());
        float factor = share.weight() == 0 ? 0 : (float) (1 / weight);
        UnaryOperator<List<Array>> means = values -> Substitution.with(parameters, values, () -> {
            List<Array> all = new ArrayList<>();
            objective.sums(share, TokenLosses.LEARNED).forEach(sum -> all.add(sum.multiply(factor)));
            all.addFirst(all.getFirst().multiply((float) scaler.value()));
            return all;
        });
        try (Gradient gradient = Gradient.of(means, parameters.size())) {
            return gradient.apply(parameters.stream().map(Parameter::value).toList());
        }
    }

    private Map<String, Double> metrics(List<Array> means) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : objective.metrics()) {
            metrics.put(name, (double) means.get(2 + metrics.size()).item());
        }
        return metrics;
    }

    private List<Array> unscaled(List<Array> gradients) {
        if (settings.lossScale().equals(LossScale.NONE)) {
            return gradients;
        }
        float factor = (float) (1 / scaler.value());
        return gradients.stream()
                .map(each -> each.astype(DType.FLOAT32).multiply(factor))
                .toList();
    }

    /** Whether a gradient can be used; with a dynamic loss scale one that overflowed is left out. */
    private boolean takes(double norm, int iteration, Batch rows) {
        if (Double.isFinite(norm)) {
            scaler.raiseAfterMany();
            return true;
        }
        double scale = scaler.value();
        if (!scaler.lowerAfterOverflow()) {
            throw broken("gradient's norm is " + norm, iteration, rows, scale);
        }
        return false;
    }

    private void requireFinite(String what, double value, int iteration, Batch rows) {
        if (!Double.isFinite(value)) {
            throw broken(what + value, iteration, rows, scaler.value());
        }
    }

    private TrainException broken(String what, int iteration, Batch rows, double scale) {
        return breakdown.of(what, iteration, rows, optimizer.learningRate(), scale);
    }

    /** Adds gradients by their batches' weights, so that an update is a mean over all that was counted. */
    private void accumulate(List<Array> gradients, double weight, Scope scope) {
        List<Array> sums = new ArrayList<>();
        int i = 0;
        for (String name : trained.keySet()) {
            Array weighted = gradients.get(i++).astype(DType.FLOAT32).multiply((float) weight);
            Array before = waiting.get(name);
            Array sum = scope.keep(before == null ? weighted : before.add(weighted));
            waiting.put(name, sum);
            sums.add(sum);
            if (before != null) {
                before.close();
            }
        }
        Mlx.eval(sums);
        waitingWeight += weight;
    }

    private List<Array> meanOfWaiting() {
        List<Array> means = new ArrayList<>();
        trained.forEach((name, parameter) -> {
            Array mean = waiting.get(name).divide((float) waitingWeight);
            boolean scaled = !settings.lossScale().equals(LossScale.NONE);
            means.add(scaled ? mean : mean.astype(parameter.value().dtype()));
        });
        return means;
    }

    private void forgetWaiting() {
        waiting.values().forEach(Array::close);
        waiting.clear();
        waitingWeight = 0;
    }

    private Clipping clipped(List<Array> gradients, Array norm) {
        return settings.maxGradNorm() > 0
                ? Clipping.toNorm(settings.maxGradNorm(), gradients)
                : new Clipping(norm, gradients);
    }

    private void apply(Clipping clipped, int iteration, Batch rows, Scope scope) {
        double norm = clipped.norm().item();
        requireFinite("gradient's norm is ", norm, iteration, rows);
        Mlx.eval(optimizer.update(trained, clipped.gradients(), scope));
        gradNorm = norm;
    }

    /** Norm of the last update's gradient before it was clipped. */
    double gradNorm() {
        return gradNorm;
    }

    LossScaler scaler() {
        return scaler;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /** Sums of gradients that wait for the next update, by parameter; empty for none. */
    Map<String, Array> waiting() {
        return waiting;
    }

    /** Weight of the batches whose gradients wait, as the objective counts; 0 for none. */
    double waitingWeight() {
        return waitingWeight;
    }

    /**
     * Goes on from a checkpoint.
     *
     * @param gradients what {@link #waiting} gave; they live as long as this
     */
    void restore(Map<String, Array> gradients, Progress progress) {
        waiting.putAll(gradients);
        waitingWeight = progress.accumulated();
        gradNorm = progress.gradNorm();
        progress.lossScale().ifPresent(scaler::restore);
    }

    /**
     * @throws TrainException if a trained weight is not finite
     */
    void requireFiniteWeights(int iteration) {
        try (Scope scope = Scope.open()) {
            Array norm = Clipping.norm(
                    trained.values().stream().map(Parameter::value).toList());
            if (!Double.isFinite(norm.item())) {
                throw breakdown.ofWeights(iteration, optimizer.learningRate());
            }
        }
    }
}
