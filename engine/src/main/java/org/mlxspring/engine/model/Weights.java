package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.RmsNorm;

/** The tensors of a model folder, handed out by name; what a family does not take is an error. */
public final class Weights {

    private static final int NAMED_IN_ERRORS = 5;

    private final Path folder;
    private final Map<String, Array> tensors;

    private Weights(Path folder, Map<String, Array> tensors) {
        this.folder = folder;
        this.tensors = tensors;
    }

    /**
     * Opens every {@code model*.safetensors} of a folder, single or sharded. Values are read when first computed.
     *
     * @throws ModelException if there is none, or one is damaged
     */
    public static Weights open(Path folder) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new ModelException("There are no weights in " + folder + ": no file model*.safetensors.");
        }
        Map<String, Array> tensors = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                tensors.putAll(Safetensors.load(file));
            } catch (IOException e) {
                throw new ModelException(String.valueOf(e.getMessage()), e);
            }
        }
        return new Weights(folder, tensors);
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

    /** Drops tensors that a family does not need. */
    public void drop(Predicate<String> unneeded) {
        tensors.keySet().removeIf(unneeded);
    }

    public Linear linear(String path, int inputs, int outputs, boolean bias) {
        Parameter weight = take(path + ".weight", outputs, inputs);
        return new Linear(weight, bias ? Optional.of(take(path + ".bias", outputs)) : Optional.empty());
    }

    public Embedding embedding(String path, int tokens, int features) {
        return new Embedding(take(path + ".weight", tokens, features));
    }

    public RmsNorm rmsNorm(String path, int features, float eps) {
        return new RmsNorm(take(path + ".weight", features), eps);
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
