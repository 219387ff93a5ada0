package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.SafetensorsHeader;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.Weights;

/**
 * Writes a model folder as a GGUF file: keys, names and values as llama.cpp's {@code convert_hf_to_gguf.py} writes them
 * for the same family.
 */
public final class GgufExport {

    private static final int QUANTIZATION_VERSION = 2;

    private GgufExport() {}

    /**
     * Checks that a model can be written, before any work is done.
     *
     * @throws ModelException if its family cannot, or its tokenizer
     */
    public static void requireSupported(Path folder) {
        describe(folder, ModelConfig.read(folder), GgufType.F16);
    }

    /**
     * Writes a file, complete and synced to the disk; what stands there is overwritten.
     *
     * @param folder an unquantized model
     * @throws ModelException if the model cannot be written to GGUF; the message says why
     */
    public static void write(Path folder, GgufType type, Path file) {
        ModelConfig config = ModelConfig.read(folder);
        if (config.object("quantization").isPresent()) {
            throw new ModelException(config.source()
                    + ": the model is quantized, and MLX's groups have no equal in GGUF. Fuse with --dequantize.");
        }
        Metadata metadata = describe(folder, config, type);
        try (Scope scope = Scope.open()) {
            GgufWriter.write(file, metadata.values(), tensors(folder, config, type));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    private static Metadata describe(Path folder, ModelConfig config, GgufType type) {
        Architecture architecture = Architectures.of(config);
        Metadata metadata = new Metadata()
                .text("general.architecture", architecture.family())
                .text("general.type", "model")
                .text("general.name", name(folder))
                .whole("general.file_type", type.fileType())
                .whole("general.quantization_version", QUANTIZATION_VERSION);
        architecture.describe(config, metadata);
        TokenizerMetadata.describe(folder, config.requiredInt("vocab_size"), metadata);
        return metadata;
    }

    private static String name(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    private static List<GgufTensor> tensors(Path folder, ModelConfig config, GgufType type) throws IOException {
        Architecture architecture = Architectures.of(config);
        List<GgufTensor> tensors = new ArrayList<>();
        architecture
                .computed(config)
                .forEach((name, values) -> tensors.add(new GgufTensor(
                        name, new int[] {values.length}, Encoding.F32, () -> Array.of(values, values.length))));
        Map<String, String> sources = new LinkedHashMap<>();
        for (Path file : Weights.files(folder)) {
            for (Map.Entry<String, SafetensorsHeader.Tensor> entry :
                    SafetensorsHeader.read(file).tensors().entrySet()) {
                String name = entry.getKey();
                if (!architecture.leavesOut(config, name)) {
                    int[] shape = entry.getValue().shape().stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                    GgufTensor tensor = tensor(architecture, config, name, shape, type, () -> load(file, name));
                    String other = sources.put(tensor.name(), name);
                    if (other != null) {
                        throw new ModelException(
                                file + ": " + name + " and " + other + " would both become " + tensor.name() + ".");
                    }
                    tensors.add(tensor);
                }
            }
        }
        return tensors;
    }

    private static GgufTensor tensor(
            Architecture architecture,
            ModelConfig config,
            String name,
            int[] shape,
            GgufType type,
            Supplier<Array> source) {
        String exported = architecture
                .names()
                .exported(name)
                .orElseThrow(() -> new ModelException("The weights of " + config.source() + " hold " + name
                        + ", which llama.cpp's " + architecture.family() + " does not have."));
        Arrangement arrangement = architecture.arrangement(config, name);
        return new GgufTensor(
                exported, shape, encoding(shape, type), () -> arrangement.apply(floating(name, source.get())));
    }

    /** Vectors stay float32; a matrix whose rows do not fill the blocks of a quantization becomes float16. */
    private static Encoding encoding(int[] shape, GgufType type) {
        if (shape.length < 2) {
            return Encoding.F32;
        }
        return shape[shape.length - 1] % type.encoding().blockElements() == 0 ? type.encoding() : Encoding.F16;
    }

    private static Array load(Path file, String name) {
        try {
            Array tensor = Safetensors.load(file).get(name);
            if (tensor == null) {
                throw new ModelException(file + " no longer holds " + name + ".");
            }
            return tensor;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Array floating(String name, Array tensor) {
        DType type = tensor.dtype();
        if (!type.isFloating()) {
            throw new ModelException(name + " holds " + type.safetensorsName()
                    + "; only float32, float16 and bfloat16 weights can be written to GGUF.");
        }
        return tensor;
    }
}
