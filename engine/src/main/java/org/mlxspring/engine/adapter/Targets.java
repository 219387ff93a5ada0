package org.mlxspring.engine.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Module;

/**
 * The modules of a model that receive an adapter.
 *
 * @param modules by their names in weight files, in the order in which mlx-lm initialises them
 * @param unknown keys that name none of the modules there are
 * @param known what keys may name
 */
record Targets(Map<String, MatrixLayer> modules, List<String> unknown, Set<String> known) {

    /**
     * Chooses as mlx-lm does: keys name modules inside the adapted layers, or anywhere by their full name.
     *
     * @param firstLayer number of the first adapted layer
     * @param keys empty for all modules of the adapted layers
     */
    static Targets of(LanguageModel model, int firstLayer, Optional<List<String>> keys) {
        Map<String, MatrixLayer> chosen = new LinkedHashMap<>();
        Set<String> found = new HashSet<>();
        Set<String> known = new TreeSet<>();
        for (int i = firstLayer; i < model.layers().size(); i++) {
            String path = LanguageModel.layerPath(i);
            Map<String, MatrixLayer> inLayer = matrixLayers(model.layers().get(i), path, path.length() + 1);
            known.addAll(inLayer.keySet());
            choose(inLayer, path + ".", keys, found, chosen);
        }
        if (keys.isPresent()) {
            Map<String, MatrixLayer> all = matrixLayers(model, "", 0);
            all.keySet().stream()
                    .filter(name -> !name.startsWith("model.layers."))
                    .forEach(known::add);
            choose(all, "", keys, found, chosen);
        }
        List<String> unknown = new ArrayList<>(keys.orElse(List.of()));
        unknown.removeAll(found);
        return new Targets(chosen, unknown, known);
    }

    /**
     * @throws AdapterException if a key names no module
     */
    void requireKnown() {
        if (!unknown.isEmpty()) {
            throw new AdapterException("lora_parameters.keys names '" + unknown.getFirst()
                    + "', but the trained layers have no such module; they have " + String.join(", ", known) + ".");
        }
    }

    /** The chosen modules in the reverse of their declaration. */
    private static void choose(
            Map<String, MatrixLayer> modules,
            String prefix,
            Optional<List<String>> keys,
            Set<String> found,
            Map<String, MatrixLayer> chosen) {
        for (String name : List.copyOf(modules.keySet()).reversed()) {
            if (keys.isEmpty() || keys.get().contains(name)) {
                found.add(name);
                chosen.putIfAbsent(prefix + name, modules.get(name));
            }
        }
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
