package org.mlxspring.engine.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.Parameter;

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
            case LORA -> addLowRank(model, first, parameters, random, step);
            case DORA -> throw new AdapterException("fine_tune_type dora is not supported; use lora or full.");
        }
        return step;
    }

    /** The parameters that are trained, by their names in weight files. */
    public static Map<String, Parameter> trainable(LanguageModel model) {
        Map<String, Parameter> trainable = new LinkedHashMap<>(model.parameters());
        trainable.values().removeIf(parameter -> !parameter.isTrainable());
        return trainable;
    }

    /** Adds every adapter to its layer's weight; the model then computes the same without adapters. */
    public static void fuse(LanguageModel model) {
        model.matrixLayers().values().forEach(layer -> layer.adapter().ifPresent(adapter -> {
            layer.setWeight(layer.weight().storing(adapter.fuse(layer.weight().dense())));
            layer.removeAdapter();
        }));
    }

    private static void addLowRank(
            LanguageModel model, int firstLayer, LoraParameters parameters, RandomState random, Dropout.Step step) {
        TreeSet<String> unknown = new TreeSet<>(parameters.keys().orElse(List.of()));
        TreeSet<String> known = new TreeSet<>();
        List<Linear> targets = new ArrayList<>();
        for (int i = firstLayer; i < model.layers().size(); i++) {
            String path = LanguageModel.layerPath(i);
            String prefix = path + ".";
            Map<String, Linear> inLayer = new LinkedHashMap<>();
            linears(model.layers().get(i), path)
                    .forEach((name, linear) -> inLayer.put(name.substring(prefix.length()), linear));
            known.addAll(inLayer.keySet());
            targets.addAll(chosen(inLayer, parameters, unknown));
        }
        parameters.keys().ifPresent(keys -> {
            Map<String, Linear> all = linears(model, "");
            known.addAll(all.keySet().stream()
                    .filter(name -> !name.startsWith("model.layers."))
                    .toList());
            targets.addAll(chosen(all, parameters, unknown));
        });
        if (!unknown.isEmpty()) {
            throw new AdapterException("lora_parameters.keys names '" + unknown.first()
                    + "', but the trained layers have no such linear module; they have " + String.join(", ", known)
                    + ".");
        }
        for (int place = 0; place < targets.size(); place++) {
            Dropout dropout = new Dropout((float) parameters.dropout(), place, step);
            attach(targets.get(place), parameters, dropout, random);
        }
    }

    /** The chosen modules in the reverse of their declaration, which is the order in which mlx-lm initialises them. */
    private static List<Linear> chosen(
            Map<String, Linear> modules, LoraParameters parameters, TreeSet<String> unknown) {
        List<Linear> chosen = new ArrayList<>();
        modules.forEach((name, linear) -> {
            if (parameters.keys().isEmpty() || parameters.keys().get().contains(name)) {
                unknown.remove(name);
                chosen.addFirst(linear);
            }
        });
        return chosen;
    }

    private static void attach(Linear linear, LoraParameters parameters, Dropout dropout, RandomState random) {
        LowRank adapter = LowRank.create(
                linear.inputs(), linear.outputs(), parameters.rank(), (float) parameters.scale(), dropout, random);
        adapter.a().setTrainable(true);
        adapter.b().setTrainable(true);
        linear.setAdapter(adapter);
    }

    private static void unfreeze(Module module, String path) {
        module.parameters(path).values().forEach(parameter -> parameter.setTrainable(true));
    }

    private static Map<String, Linear> linears(Module module, String path) {
        Map<String, Linear> linears = new LinkedHashMap<>();
        module.visit(path, new Module.Visitor() {
            @Override
            public void layer(String name, MatrixLayer layer) {
                if (layer instanceof Linear linear) {
                    linears.put(name, linear);
                }
            }
        });
        return linears;
    }
}
