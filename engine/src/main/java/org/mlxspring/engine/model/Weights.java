package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.DenseWeight;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.LayerNorm;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.OffsetRmsNorm;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.RmsNorm;
import org.mlxspring.engine.nn.SwitchLinear;
import org.mlxspring.engine.nn.Weight;

/** The tensors of a model folder, handed out by name; what a family does not take is an error. */
public final class Weights {

    private static final int NAMED_IN_ERRORS = 5;

    private final Path folder;
    private final Map<String, Array> tensors;
    private final PackedWeights packed;

    private Weights(Path folder, Map<String, Array> tensors, Optional<ModelConfig> quantization) {
        this.folder = folder;
        this.tensors = tensors;
        this.packed = new PackedWeights(this, quantization);
    }

    /**
     * Opens every {@code model*.safetensors} of a folder, single or sharded. Values are read when first computed.
     *
     * @param quantization the {@code quantization} of {@code config.json}, if there is one
     * @throws ModelException if there is none, or one is damaged
     */
    public static Weights open(Path folder, Optional<ModelConfig> quantization) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            GgufRefusal.check(folder);
            throw new ModelException("There are no weights in " + folder + ": no file model*.safetensors.");
        }
        Map<String, Array> tensors = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                tensors.putAll(Safetensors.open(file));
            } catch (IOException e) {
                throw new ModelException(String.valueOf(e.getMessage()), e);
            }
        }
        return new Weights(folder, AwqWeights.present(tensors) ? AwqWeights.repack(tensors) : tensors, quantization);
    }

    /** The weight files of a model folder, in the order of their names. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("model.*\\.safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelException("The folder " + folder + " cannot be listed.", e);
        }
    }

    /** Whether a tensor of this name is there and was not taken. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Drops tensors that a family does not need. */
    public void drop(Predicate<String> unneeded) {
        List<String> names = tensors.keySet().stream().filter(unneeded).toList();
        names.forEach(name -> tensors.remove(name).close());
    }

    /** Renames every tensor, from the names of other software to those that mlx-lm writes. */
    public void rename(UnaryOperator<String> newName) {
        Map<String, Array> before = new LinkedHashMap<>(tensors);
        tensors.clear();
        before.forEach((name, tensor) -> tensors.put(newName.apply(name), tensor));
    }

    /** Renames a tensor, if it is there. */
    public void rename(String name, String newName) {
        Array tensor = tensors.remove(name);
        if (tensor != null) {
            tensors.put(newName, tensor);
        }
    }

    /**
     * Replaces a tensor, if it is there, by several made of it.
     *
     * @param parts makes one tensor for each of the names
     */
    public void replace(String name, List<String> names, Function<Array, List<Array>> parts) {
        Array whole = tensors.remove(name);
        if (whole != null) {
            List<Array> made = made(List.of(whole), () -> parts.apply(whole));
            for (int i = 0; i < names.size(); i++) {
                tensors.put(names.get(i), made.get(i));
            }
        }
    }

    /** Replaces a tensor, if it is there. */
    public void change(String name, UnaryOperator<Array> change) {
        Array before = tensors.get(name);
        if (before != null) {
            tensors.put(
                    name,
                    made(List.of(before), () -> List.of(change.apply(before))).getFirst());
        }
    }

    /**
     * Makes arrays of tensors that nothing else needs, and lets those go at once: a model is never twice in memory.
     *
     * @param make gives arrays of the current scope
     */
    static List<Array> made(List<Array> tensors, Supplier<List<Array>> make) {
        try (Scope scope = Scope.open()) {
            List<Array> made = make.get();
            Mlx.eval(made);
            made.forEach(scope::keep);
            tensors.stream().filter(tensor -> !made.contains(tensor)).forEach(Array::close);
            return made;
        }
    }

    /** Multiplies every tensor by the one that has its name and {@code suffix}, if there is one, which goes. */
    public void scaleBy(String suffix) {
        List<String> factors =
                tensors.keySet().stream().filter(name -> name.endsWith(suffix)).toList();
        for (String factor : factors) {
            Array scale = peek(factor);
            tensors.remove(factor);
            change(factor.substring(0, factor.length() - suffix.length()), tensor -> tensor.multiply(scale));
            scale.close();
        }
    }

    /** Splits a tensor, if it is there, into parts of its first axis. */
    public void split(String name, List<String> parts, int... sizes) {
        Array whole = tensors.remove(name);
        if (whole == null) {
            return;
        }
        // Parts of the first axis lie in the memory of the whole.
        int at = 0;
        for (int i = 0; i < sizes.length; i++) {
            tensors.put(parts.get(i), whole.slice(0, at, at + sizes[i]));
            at += sizes[i];
        }
        whole.close();
    }

    /**
     * Makes one tensor [experts, ...] of the tensors of experts that are kept apart, for weights and for what belongs to
     * packed ones.
     *
     * @param expert name of the part of an expert, without {@code .weight}
     * @param stacked name of the part of all experts
     */
    public void stack(int experts, IntFunction<String> expert, String stacked) {
        for (String kind : List.of(".weight", ".scales", ".biases", ".bias")) {
            if (IntStream.range(0, experts).anyMatch(i -> tensors.containsKey(expert.apply(i) + kind))) {
                List<Array> all = new ArrayList<>();
                for (int i = 0; i < experts; i++) {
                    String name = expert.apply(i) + kind;
                    if (!tensors.containsKey(name)) {
                        throw new ModelException("The weights in " + folder + " lack " + name
                                + "; config.json asks for " + experts + " experts.");
                    }
                    all.add(tensors.remove(name));
                }
                tensors.put(
                        stacked + kind,
                        made(all, () -> List.of(Array.stack(0, all))).getFirst());
            }
        }
    }

    public Linear linear(String path, int inputs, int outputs, boolean bias) {
        Weight weight = weight(path, outputs, inputs);
        return new Linear(weight, bias ? Optional.of(take(path + ".bias", outputs)) : Optional.empty());
    }

    public SwitchLinear experts(String path, int experts, int inputs, int outputs, boolean bias) {
        Weight weight = weight(path, experts, outputs, inputs);
        return new SwitchLinear(weight, bias ? Optional.of(take(path + ".bias", experts, outputs)) : Optional.empty());
    }

    public Embedding embedding(String path, int tokens, int features) {
        return new Embedding(weight(path, tokens, features));
    }

    /** An RMSNorm whose weights are kept less 1. */
    public OffsetRmsNorm offsetRmsNorm(String path, int features, float eps) {
        return new OffsetRmsNorm(take(path + ".weight", features), eps);
    }

    public RmsNorm rmsNorm(String path, int features, float eps) {
        return new RmsNorm(take(path + ".weight", features), eps);
    }

    public LayerNorm layerNorm(String path, int features, float eps, boolean bias) {
        return new LayerNorm(
                Optional.of(take(path + ".weight", features)),
                bias ? Optional.of(take(path + ".bias", features)) : Optional.empty(),
                eps);
    }

    /**
     * Takes the weight of a layer, plain or packed.
     *
     * @param shape [..., out, in] of the plain weight
     * @throws ModelException if it is absent or has another shape
     */
    public Weight weight(String path, int... shape) {
        return tensors.containsKey(path + ".scales")
                ? packed.take(path, shape)
                : new DenseWeight(take(path + ".weight", shape));
    }

    /**
     * Takes a tensor of an expected shape.
     *
     * @throws ModelException if it is absent or has another shape
     */
    public Parameter take(String name, int... shape) {
        Array tensor = tensors.remove(name);
        if (tensor == null) {
            throw new ModelException("The weights in " + folder + " lack " + name + " " + Arrays.toString(shape)
                    + ", which config.json asks for.");
        }
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new ModelException("In the weights of " + folder + ", " + name + " has the shape "
                    + Arrays.toString(tensor.shape()) + "; config.json asks for " + Arrays.toString(shape) + ".");
        }
        return new Parameter(tensor);
    }

    /**
     * A tensor that is taken later.
     *
     * @throws ModelException if it is absent
     */
    Array peek(String name) {
        Array tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelException("The weights in " + folder + " lack " + name + ".");
        }
        return tensor;
    }

    /**
     * Checks that every tensor was taken.
     *
     * @throws ModelException naming those that were not
     */
    void requireAllTaken() {
        if (!tensors.isEmpty()) {
            List<String> names =
                    tensors.keySet().stream().limit(NAMED_IN_ERRORS).toList();
            throw new ModelException("The weights in " + folder + " hold " + tensors.size()
                    + " tensors that a model of this config.json does not have: " + String.join(", ", names)
                    + (tensors.size() > NAMED_IN_ERRORS ? ", …" : "") + ".");
        }
    }
}
