package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The weights with the lowest validation loss of a run: {@code best_adapters.safetensors}, with iteration and loss in its
 * metadata, and {@code best_adapters.json} with the same two for people. No limit of checkpoints ever removes them.
 *
 * @param folder the adapter folder
 */
record BestAdapter(Path folder) {

    private static final JsonMapper JSON = new JsonMapper();

    Path weights() {
        return folder.resolve("best_adapters.safetensors");
    }

    private Path note() {
        return folder.resolve("best_adapters.json");
    }

    void write(Map<String, Parameter> trained, Best best) {
        Map<String, Array> tensors = new LinkedHashMap<>();
        trained.forEach((name, parameter) -> tensors.put(name, parameter.value()));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("iteration", best.iteration());
        values.put("val_loss", best.valLoss());
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "mlx"));
        values.forEach((name, value) -> metadata.put(name, value.toString()));
        try {
            Safetensors.save(weights(), tensors, metadata);
            DurableFile.write(note(), JSON.writeValueAsBytes(values));
        } catch (IOException e) {
            throw new UncheckedIOException("The best adapter could not be written to " + folder, e);
        }
    }

    /** Puts these weights in the places of the trained ones. */
    void load(Map<String, Parameter> trained) {
        AdapterFolder.loadWeights(weights(), trained);
    }

    /** Removes what an earlier run left. */
    void remove() {
        try {
            Files.deleteIfExists(note());
            Files.deleteIfExists(weights());
        } catch (IOException e) {
            throw new UncheckedIOException(weights() + " of an earlier run could not be removed", e);
        }
    }
}
