package org.mlxspring.engine.adapter;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.DenseWeight;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.QuantizedWeight;
import org.mlxspring.engine.nn.SwitchLinear;
import org.mlxspring.engine.nn.Weight;

/** Makes parts of a model trainable: adapters on its linear layers, or its layers themselves. */
public final class Adapters {

    private Adapters() {}

    /**
     * Prepares a frozen model for training.
     *
     * @param numLayers how many layers, counted from the last; -1 for all
     * @param random initialises adapters; the same seed gives mlx-lm's initial weights
     * @return the switch of the adapters' dropout
     * @throws AdapterException if the model has fewer layers, or no module of a name in {@code parameters.keys}
     */
    public static Dropout.Step prepare(
            LanguageModel model, FineTuneType type, int numLayers, LoraParameters parameters, RandomState random) {
        Dropout.Step step = new Dropout.Step();
        int count = model.layers().size();
        if (numLayers > count) {
            throw new AdapterException(
                    "num_layers is " + numLayers + ", but the model has " + count + " layers; use -1 for all.");
        }
        int first = numLayers <= 0 ? 0 : count - numLayers;
        switch (type) {
            case FULL -> {
                for (int i = first; i < count; i++) {
                    unfreeze(model.layers().get(i), LanguageModel.layerPath(i));
                }
            }
            case LORA, DORA -> {
                Targets targets = Targets.of(model, first, parameters.keys());
                targets.requireKnown();
                attach(targets, type, parameters, random, step);
            }
        }
        return step;
    }

    /** The parameters that are trained, by their names in weight files. */
    public static Map<String, Parameter> trainable(LanguageModel model) {
        Map<String, Parameter> trainable = new LinkedHashMap<>(model.parameters());
        trainable.values().removeIf(parameter -> !parameter.isTrainable());
        return trainable;
    }

    /**
     * Adds every adapter to its layer's weight; the model then computes the same without adapters, up to the rounding of
     * weights that are packed again.
     *
     * @param dequantize whether every packed weight becomes plain numbers, instead of the adapted ones being packed again
     */
    public static void fuse(LanguageModel model, boolean dequantize) {
        for (MatrixLayer layer : model.matrixLayers().values()) {
            Weight weight = layer.weight();
            Optional<Array> fused = layer.adapter().map(adapter -> adapter.fuse(weight.dense()));
            if (dequantize && weight instanceof QuantizedWeight) {
                layer.setWeight(new DenseWeight(new Parameter(fused.orElseGet(weight::dense))));
            } else {
                fused.ifPresent(dense -> layer.setWeight(weight.storing(dense)));
            }
            layer.removeAdapter();
        }
    }

    /**
     * Gives a frozen model the adapters that a written adapter has, as mlx-lm does: layers and modules that the model lacks
     * are passed over, for the adapter's tensors tell whether it fits. Their weights are to be replaced.
     *
     * @param numLayers how many layers, counted from the last; not positive for all
     */
    static void attachWritten(LanguageModel model, FineTuneType type, int numLayers, LoraParameters parameters) {
        int first = numLayers <= 0 ? 0 : Math.max(0, model.layers().size() - numLayers);
        attach(Targets.of(model, first, parameters.keys()), type, parameters, RandomState.seed(0), new Dropout.Step());
    }

    private static void attach(
            Targets targets, FineTuneType type, LoraParameters parameters, RandomState random, Dropout.Step step) {
        int place = 0;
        for (Map.Entry<String, MatrixLayer> target : targets.modules().entrySet()) {
            Dropout dropout = new Dropout((float) parameters.dropout(), place++, step);
            attach(target.getKey(), target.getValue(), type, parameters, dropout, random);
        }
    }

    static void attach(
            String path,
            MatrixLayer layer,
            FineTuneType type,
            LoraParameters parameters,
            Dropout dropout,
            RandomState random) {
        int rank = parameters.rank();
        float scale = (float) parameters.effectiveScale();
        boolean dora = type == FineTuneType.DORA;
        switch (layer) {
            case Linear linear ->
                linear.setAdapter(
                        dora
                                ? DoraLinear.create(linear, rank, scale, dropout, random)
                                : LoraLinear.create(linear.inputs(), linear.outputs(), rank, scale, dropout, random));
            case Embedding embedding ->
                embedding.setAdapter(
                        dora
                                ? DoraEmbedding.create(embedding, rank, scale, dropout, random)
                                : LoraEmbedding.create(embedding, rank, scale, dropout, random));
            case SwitchLinear experts -> {
                if (dora) {
                    throw new AdapterException("fine_tune_type is dora, but " + path
                            + " holds experts, which can only have LoRA. Set fine_tune_type to lora, or name modules"
                            + " without experts in lora_parameters.keys.");
                }
                experts.setAdapter(LoraSwitch.create(experts, rank, scale, dropout, random));
            }
        }
        layer.adapter().orElseThrow().parameters(path).values().forEach(parameter -> parameter.setTrainable(true));
    }

    /** All weights but packed ones, and as in MLX the biases beside those. */
    private static void unfreeze(Module module, String path) {
        Set<String> packed = new HashSet<>();
        module.visit(path, new Module.Visitor() {
            @Override
            public void layer(String name, MatrixLayer layer) {
                if (layer.weight() instanceof QuantizedWeight) {
                    packed.addAll(layer.parameters(name).keySet());
                }
            }
        });
        module.parameters(path).forEach((name, parameter) -> parameter.setTrainable(!packed.contains(name)));
    }
}
