package org.mlxspring.engine.adapter;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
            case LORA, DORA -> attach(model, type, first, parameters, random, step);
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

    private static void attach(
            LanguageModel model,
            FineTuneType type,
            int firstLayer,
            LoraParameters parameters,
            RandomState random,
            Dropout.Step step) {
        TreeSet<String> unknown = new TreeSet<>(parameters.keys().orElse(List.of()));
        TreeSet<String> known = new TreeSet<>();
        Map<String, MatrixLayer> targets = new LinkedHashMap<>();
        for (int i = firstLayer; i < model.layers().size(); i++) {
            String path = LanguageModel.layerPath(i);
            Map<String, MatrixLayer> inLayer = matrixLayers(model.layers().get(i), path, path.length() + 1);
            known.addAll(inLayer.keySet());
            choose(inLayer, path + ".", parameters, unknown, targets);
        }
        if (parameters.keys().isPresent()) {
            Map<String, MatrixLayer> all = matrixLayers(model, "", 0);
            known.addAll(all.keySet().stream()
                    .filter(name -> !name.startsWith("model.layers."))
                    .toList());
            choose(all, "", parameters, unknown, targets);
        }
        if (!unknown.isEmpty()) {
            throw new AdapterException("lora_parameters.keys names '" + unknown.first()
                    + "', but the trained layers have no such module; they have " + String.join(", ", known) + ".");
        }
        int place = 0;
        for (Map.Entry<String, MatrixLayer> target : targets.entrySet()) {
            Dropout dropout = new Dropout((float) parameters.dropout(), place++, step);
            attach(target.getKey(), target.getValue(), type, parameters, dropout, random);
        }
    }

    /** The chosen modules in the reverse of their declaration, which is the order in which mlx-lm initialises them. */
    private static void choose(
            Map<String, MatrixLayer> modules,
            String prefix,
            LoraParameters parameters,
            TreeSet<String> unknown,
            Map<String, MatrixLayer> targets) {
        for (String name : List.copyOf(modules.keySet()).reversed()) {
            if (parameters.keys().isEmpty() || parameters.keys().get().contains(name)) {
                unknown.remove(name);
                targets.putIfAbsent(prefix + name, modules.get(name));
            }
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
                    throw new AdapterException("fine_tune_type is dora, which the experts " + path
                            + " cannot have; use lora, or name other modules in lora_parameters.keys.");
                }
                experts.setAdapter(LoraSwitch.create(experts, rank, scale, dropout, random));
            }
        }
        layer.adapter().orElseThrow().parameters(path).values().forEach(parameter -> parameter.setTrainable(true));
    }

    /** All weights but packed ones, and as in MLX the biases beside those. */
    private static void unfreeze(Module module, String path) {
        Set<String> packed = new HashSet<>();
        matrixLayers(module, path, 0).forEach((name, layer) -> {
            if (layer.weight() instanceof QuantizedWeight) {
                packed.addAll(layer.parameters(name).keySet());
            }
        });
        module.parameters(path).forEach((name, parameter) -> parameter.setTrainable(!packed.contains(name)));
    }

    private static Map<String, MatrixLayer> matrixLayers(Module module, String path, int prefix) {
        Map<String, MatrixLayer> layers = new LinkedHashMap<>();
        module.visit(path, new Module.Visitor() {
            @Override
            public void layer(String name, MatrixLayer layer) {
                layers.put(name.substring(prefix), layer);
            }
        });
        return layers;
    }
}
