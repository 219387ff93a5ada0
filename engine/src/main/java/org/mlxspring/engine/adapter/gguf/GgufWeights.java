package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.nn.Parameter;

/** The weights of a GGUF file, for computing with them in this engine. */
public final class GgufWeights {

    private GgufWeights() {}

    /**
     * Replaces every parameter of an unquantized model by what a file holds for it, in the parameter's own type.
     *
     * @param file written by {@link GgufExport} of this model
     * @param config the model's
     * @throws ModelException if the file lacks a tensor
     * @throws UncheckedIOException if it cannot be read
     */
    public static void load(Path file, ModelConfig config, LanguageModel model) {
        Architecture architecture = Architectures.of(config);
        try (GgufFile gguf = GgufFile.open(file)) {
            for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
                String name = entry.getKey();
                GgufFile.Entry tensor = architecture
                        .names()
                        .exported(name)
                        .map(gguf.tensors()::get)
                        .orElseThrow(() -> new ModelException(file + " holds no tensor for " + name + "."));
                DType type = entry.getValue().value().dtype();
                boolean inParts = architecture.arrangement(config, name) instanceof Arrangement.Same;
                Array read = gguf.read(tensor, part -> inParts ? computed(part.astype(type)) : part);
                Array undone = architecture.arrangement(config, name).undo(read).astype(type);
                entry.getValue().set(computed(undone));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read back", e);
        }
    }

    private static Array computed(Array array) {
        Mlx.eval(array);
        return array;
    }
}
