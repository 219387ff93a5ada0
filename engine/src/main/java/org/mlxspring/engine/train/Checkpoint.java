package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.files.DurableFile;
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
    private static final String BESIDE = ".state-";
    private static final String STATE = "_state";
    private static final String WEIGHTS = "_adapters.safetensors";
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

    /** The newest checkpoint that has weights, complete or not, of at most {@code iteration} iterations. */
    static Optional<Checkpoint> lastWeights(Path folder, int iteration) {
        return named(folder, WEIGHTS).stream()
                .filter(checkpoint -> checkpoint.iteration <= iteration)
                .reduce((older, newer) -> newer);
    }

    private static List<Checkpoint> all(Path folder) {
        return named(folder, STATE).stream()
                .filter(checkpoint -> Files.isRegularFile(checkpoint.weights()))
                .toList();
    }

    /** By iteration, what has a number and this ending for a name. */
    private static List<Checkpoint> named(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{7,9}" + Pattern.quote(ending)))
                    .map(name -> new Checkpoint(
                            folder, Integer.parseInt(name.substring(0, name.length() - ending.length()))))
                    .sorted(Comparator.comparingInt(Checkpoint::iteration))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be listed", e);
        }
    }

    Path weights() {
        return folder.resolve("%07d".formatted(iteration) + WEIGHTS);
    }

    private Path stateFolder() {
        return folder.resolve("%07d".formatted(iteration) + STATE);
    }

    /**
     * Writes this checkpoint and removes the states of all others; their weights stay, as in mlx-lm, unless only some
     * are to be kept.
     *
     * @param gradients sums that wait for the next update, by parameter; empty for none
     * @param keep weights of how many checkpoints, this one among them, stay; 0 for all
     */
    void write(
            Map<String, Parameter> trained,
            Map<String, Array> moments,
            Map<String, Array> gradients,
            State state,
            int keep) {
        try {
            // Never this state beside other weights, not even for a moment.
            discardState();
            AdapterFolder.writeWeights(weights(), trained);
            Path beside = Files.createTempDirectory(folder, BESIDE);
            // Sorted, so that equal states are equal files.
            Map<String, Array> arrays = new TreeMap<>(moments);
            gradients.forEach((name, gradient) -> arrays.put(GRADIENT + name, gradient));
            Safetensors.save(beside.resolve("optimizer.safetensors"), arrays, Map.of());
            DurableFile.write(beside.resolve("state.json"), JSON.writeValueAsBytes(state));
            DurableFile.move(beside, stateFolder());
            for (Checkpoint other : named(folder, STATE)) {
                if (other.iteration != iteration) {
                    other.discardState();
                }
            }
            List<Checkpoint> upToThis = named(folder, WEIGHTS).stream()
                    .filter(each -> each.iteration <= iteration)
                    .toList();
            for (Checkpoint old : upToThis.subList(0, keep == 0 ? 0 : Math.max(0, upToThis.size() - keep))) {
                Files.delete(old.weights());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The checkpoint of iteration " + iteration + " could not be written to " + folder, e);
        }
    }

    /** Removes what a killed run left half written; no other run may be writing. */
    static void removeLeftovers(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(BESIDE) || name.matches("\\..*\\.tmp")) {
                    delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What a killed run left in " + folder + " could not be removed", e);
        }
    }

    /** Removes what earlier runs could be resumed from; their weights stay. */
    static void removeStates(Path folder) {
        try {
            for (Checkpoint checkpoint : named(folder, STATE)) {
                checkpoint.discardState();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The states of an earlier run in " + folder + " could not be removed", e);
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

    /** Renames the folder first, so that there is never half a state under its name. */
    private void discardState() throws IOException {
        if (Files.exists(stateFolder())) {
            Path aside = folder.resolve(BESIDE + "discarded");
            delete(aside);
            Files.move(stateFolder(), aside, StandardCopyOption.ATOMIC_MOVE);
            delete(aside);
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
