package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A point that a run can go on from exactly: the weights as mlx-lm names them ({@code 0000100_adapters.safetensors}) and
 * beside them a folder ({@code 0000100_state}) with the optimizer's moments and the {@link Progress}. The folder appears
 * last and at once, so a checkpoint whose folder is there is complete.
 *
 * @param folder the adapter folder
 * @param iteration iterations finished
 */
record Checkpoint(Path folder, int iteration) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "_state";
    private static final String GRADIENT = "gradient.";

    /**
     * What a checkpoint holds besides the weights.
     *
     * @param progress where the run stood
     * @param settings its settings, by mlx-lm's names
     */
    record State(Progress progress, Map<String, Object> settings) {}

    /** The newest complete checkpoint of an adapter folder. */
    static Optional<Checkpoint> last(Path folder) {
        return all(folder).stream().reduce((older, newer) -> newer);
    }

    private static List<Checkpoint> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{7,}" + STATE))
                    .map(name ->
                            new Checkpoint(folder, Integer.parseInt(name.substring(0, name.length() - STATE.length()))))
                    .filter(checkpoint -> Files.isRegularFile(checkpoint.weights()))
                    .sorted(Comparator.comparingInt(Checkpoint::iteration))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be listed", e);
        }
    }

    Path weights() {
        return folder.resolve("%07d_adapters.safetensors".formatted(iteration));
    }

    private Path stateFolder() {
        return folder.resolve("%07d".formatted(iteration) + STATE);
    }

    /**
     * Writes this checkpoint and removes the states of older ones; their weights stay, as in mlx-lm.
     *
     * @param gradients sums that wait for the next update, by parameter; empty for none
     */
    void write(Map<String, Parameter> trained, Map<String, Array> moments, Map<String, Array> gradients, State state) {
        AdapterFolder.writeWeights(weights(), trained);
        try {
            Path beside = Files.createTempDirectory(folder, ".state-");
            Map<String, Array> arrays = new LinkedHashMap<>(moments);
            gradients.forEach((name, gradient) -> arrays.put(GRADIENT + name, gradient));
            Safetensors.save(beside.resolve("optimizer.safetensors"), arrays, Map.of());
            Path file = beside.resolve("state.json");
            Files.write(file, JSON.writeValueAsBytes(state));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            List<Checkpoint> older = all(folder);
            delete(stateFolder());
            Files.move(beside, stateFolder(), StandardCopyOption.ATOMIC_MOVE);
            for (Checkpoint old : older) {
                if (old.iteration != iteration) {
                    delete(old.stateFolder());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The checkpoint of iteration " + iteration + " could not be written to " + folder, e);
        }
    }

    State readState() {
        Path file = stateFolder().resolve("state.json");
        try {
            return JSON.readValue(Files.readAllBytes(file), State.class);
        } catch (IOException | JacksonException e) {
            throw new TrainException(
                    file + " cannot be read; remove the folder " + stateFolder()
                            + " to go on from an earlier checkpoint or from the start.",
                    e);
        }
    }

    /** The optimizer's moments, in the current scope. */
    Map<String, Array> moments() {
        Map<String, Array> moments = new LinkedHashMap<>(arrays());
        moments.keySet().removeIf(name -> name.startsWith(GRADIENT));
        return moments;
    }

    /** Gradients that wait for the next update, in the current scope. */
    Map<String, Array> gradients() {
        Map<String, Array> gradients = new LinkedHashMap<>();
        arrays().forEach((name, array) -> {
            if (name.startsWith(GRADIENT)) {
                gradients.put(name.substring(GRADIENT.length()), array);
            }
        });
        return gradients;
    }

    private Map<String, Array> arrays() {
        try {
            return Safetensors.load(stateFolder().resolve("optimizer.safetensors"));
        } catch (IOException e) {
            throw new TrainException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
