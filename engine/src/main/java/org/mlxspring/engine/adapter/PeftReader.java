package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Parameter;

/** Puts an adapter that PEFT wrote on a model: {@code adapter_model.safetensors} with its {@link PeftConfig}. */
final class PeftReader {

    /** {@code base_model.model.} stands before the module's own name; the adapter's name may stand after the matrix's. */
    private static final Pattern NAME = Pattern.compile(
            "base_model\\.model\\.(?<module>.+)\\."
                    + "(?<matrix>lora_A|lora_B|lora_embedding_A|lora_embedding_B|lora_magnitude_vector)(\\.default)?(\\.weight)?");

    private static final int NAMED_IN_ERRORS = 5;

    private final Path file;
    private final PeftConfig config;
    private final Dropout.Step step = new Dropout.Step();
    private final List<String> misfits = new ArrayList<>();

    PeftReader(Path folder, PeftConfig config) {
        this.file = folder.resolve("adapter_model.safetensors");
        this.config = config;
    }

    /**
     * @throws AdapterException if the file is absent or damaged, or a tensor does not fit the model
     */
    void load(LanguageModel model) {
        Map<String, MatrixLayer> layers = model.matrixLayers();
        Map<String, Map<String, Array>> modules = modules();
        modules.forEach((name, matrices) -> Optional.ofNullable(layers.get(name))
                .ifPresentOrElse(layer -> attach(name, layer, matrices), () -> misfits.add(unknown(name))));
        if (!misfits.isEmpty()) {
            throw new AdapterException("The adapter " + file + " was made for another model; " + misfits.size()
                    + " of its " + modules.size() + " modules do not fit: "
                    + String.join("; ", misfits.subList(0, Math.min(NAMED_IN_ERRORS, misfits.size())))
                    + (misfits.size() > NAMED_IN_ERRORS ? "; …" : "") + ".");
        }
    }

    private static String unknown(String module) {
        return module.contains(".experts.")
                ? module + " is an expert by itself, while this engine keeps all experts of a layer in one weight"
                : module + " is no linear or embedding module of the model";
    }

    private Map<String, Map<String, Array>> modules() {
        if (!Files.isRegularFile(file)) {
            throw new AdapterException("There is no adapter file " + file
                    + ". PEFT writes it beside adapter_config.json; older versions wrote adapter_model.bin, which cannot"
                    + " be read: save the adapter again with safe_serialization.");
        }
        Map<String, Map<String, Array>> modules = new LinkedHashMap<>();
        try {
            Safetensors.load(file).forEach((name, tensor) -> {
                Matcher matcher = NAME.matcher(name);
                if (!matcher.matches()) {
                    throw new AdapterException(
                            file + " holds the tensor " + name + ", which is none of a LoRA or DoRA adapter of PEFT.");
                }
                modules.computeIfAbsent(matcher.group("module"), key -> new LinkedHashMap<>())
                        .put(matcher.group("matrix"), tensor.astype(DType.FLOAT32));
            });
        } catch (IOException e) {
            throw new AdapterException(String.valueOf(e.getMessage()), e);
        }
        return modules;
    }

    private void attach(String name, MatrixLayer layer, Map<String, Array> matrices) {
        int rank = config.rankOf(name);
        LoraParameters parameters =
                new LoraParameters(rank, config.scaleOf(name), 0, Optional.of(List.of(name)), false);
        boolean embedding = layer instanceof Embedding;
        if (!(layer instanceof Linear) && (!embedding || config.dora())) {
            misfits.add(name + (embedding ? " is an embedding, where PEFT's DoRA differs" : " has experts"));
            return;
        }
        // The random start is replaced at once.
        Adapters.attach(
                name,
                layer,
                config.dora() ? FineTuneType.DORA : FineTuneType.LORA,
                parameters,
                new Dropout(0, 0, step),
                RandomState.seed(0));
        Map<String, Parameter> targets = layer.adapter().orElseThrow().parameters("");
        String prefix = embedding ? "lora_embedding_" : "lora_";
        set(name, matrices, prefix + "A", targets.get(".lora_a"));
        set(name, matrices, prefix + "B", targets.get(".lora_b"));
        if (config.dora()) {
            set(name, matrices, "lora_magnitude_vector", targets.get(".m"));
        }
    }

    private void set(String module, Map<String, Array> matrices, String matrix, Parameter target) {
        Array tensor = matrices.get(matrix);
        if (tensor == null) {
            misfits.add(module + " has no " + matrix);
            return;
        }
        Array turned = tensor.transpose();
        int[] expected = target.value().shape();
        if (!Arrays.equals(turned.shape(), expected)) {
            misfits.add(module + "." + matrix + " is " + Arrays.toString(tensor.shape()) + ", the model needs "
                    + Arrays.toString(reversed(expected)));
            return;
        }
        target.set(turned);
    }

    private static int[] reversed(int[] shape) {
        return shape.length < 2 ? shape : new int[] {shape[1], shape[0]};
    }
}
