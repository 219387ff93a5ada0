package org.mlxspring.engine.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The place of this process among those that work as one, as {@code mlx.launch} tells it: {@code MLX_RANK} is its number,
 * and {@code MLX_HOSTFILE} names a file with the addresses of all, {@code [["10.0.0.1:32323"], ["10.0.0.2:32324"]]}, a
 * list for each rank.
 *
 * @param rank from 0
 * @param addresses for each rank, where it listens, as {@code ip:port}
 */
public record Place(int rank, List<List<String>> addresses) {

    /** The environment variable with the rank. */
    public static final String RANK = "MLX_RANK";
    /** The environment variable with the file of addresses. */
    public static final String HOSTFILE = "MLX_HOSTFILE";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The place that an environment gives; empty for a process that works alone, to which mlx.launch gives an empty file.
     *
     * @throws IllegalArgumentException if only one of the variables is there, or one of them cannot be used
     */
    public static Optional<Place> of(Map<String, String> environment) {
        String rank = environment.getOrDefault(RANK, "");
        String file = environment.getOrDefault(HOSTFILE, "");
        if (rank.isEmpty() && file.isEmpty()) {
            return Optional.empty();
        }
        if (rank.isEmpty() || file.isEmpty()) {
            throw new IllegalArgumentException("The environment has only one of " + RANK + " and " + HOSTFILE
                    + "; a process of several needs both, one that works alone neither.");
        }
        List<List<String>> addresses = read(Path.of(file));
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        if (!rank.matches("\\d{1,4}") || Integer.parseInt(rank) >= addresses.size()) {
            throw new IllegalArgumentException(RANK + " is '" + rank + "'; it must be a number from 0 to "
                    + (addresses.size() - 1) + ", since " + file + " has " + addresses.size() + " ranks.");
        }
        return Optional.of(new Place(Integer.parseInt(rank), addresses));
    }

    private static List<List<String>> read(Path file) {
        String wanted =
                file + ", named by " + HOSTFILE + ", must be a JSON list with a list of addresses for each rank,"
                        + " such as [[\"10.0.0.1:32323\"], [\"10.0.0.2:32324\"]]";
        try {
            String text = Files.readString(file);
            if (text.isBlank()) {
                return List.of();
            }
            List<List<String>> addresses = JSON.readValue(text, new TypeReference<>() {});
            boolean plain = !addresses.isEmpty()
                    && addresses.stream()
                            .allMatch(rank -> !rank.isEmpty()
                                    && rank.stream().allMatch(address -> address.matches("[^:]+:\\d{1,5}")));
            if (!plain) {
                throw new IllegalArgumentException(wanted + ".");
            }
            return addresses;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(wanted + ". A file for --hostfile is another one.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ", named by " + HOSTFILE + ", cannot be read.", e);
        }
    }

    /** Addresses as {@link #HOSTFILE} has them. */
    public static String json(List<List<String>> addresses) {
        return JSON.writeValueAsString(addresses);
    }

    /** Number of processes. */
    public int size() {
        return addresses.size();
    }

    /** A rank for people, such as {@code rank 1 of 2 (10.0.0.2:32324)}. */
    public String name(int rank) {
        return "rank " + rank + " of " + size() + " (" + addresses.get(rank).getFirst() + ")";
    }
}
