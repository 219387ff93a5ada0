package org.mlxspring.engine.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Ring;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.ffi.MlxException;

/**
 * Processes in MLX's ring.
 *
 * @param place of this process
 * @param ring adds up and gathers
 * @param watch notices when one of the others is gone
 */
record RingGroup(Place place, Ring ring, Watch watch) implements Group {

    /** How long the others may take to come: on a busy machine they read their programs from a cold disk first. */
    private static final Duration ARRIVAL = Duration.ofMinutes(5);

    /** Arrays travel in pieces of about this size, so that there is no second copy of all of them at once. */
    private static final long PIECE_BYTES = 32L << 20;

    static RingGroup join(Place place, Consumer<String> onLoss) {
        Watch watch = Watch.gather(place, ARRIVAL, onLoss);
        try {
            return new RingGroup(place, Ring.join(), watch);
        } catch (MlxException e) {
            watch.fail(place.name(place.rank()) + " could not join the ring: " + e.getMessage());
            throw new DistributedException(
                    "The ring of " + place.size() + " processes could not be made: " + e.getMessage(), e);
        }
    }

    @Override
    public int rank() {
        return place.rank();
    }

    @Override
    public int size() {
        return place.size();
    }

    @Override
    public List<Array> sum(List<Array> arrays) {
        List<Array> sums = new ArrayList<>();
        List<Array> piece = new ArrayList<>();
        long bytes = 0;
        for (Array array : arrays) {
            piece.add(array);
            bytes += array.size() * DType.FLOAT32.bytes();
            if (bytes >= PIECE_BYTES) {
                sums.addAll(sumOfPiece(piece));
                piece.clear();
                bytes = 0;
            }
        }
        if (!piece.isEmpty()) {
            sums.addAll(sumOfPiece(piece));
        }
        return sums;
    }

    /** One message for many small arrays. */
    private List<Array> sumOfPiece(List<Array> arrays) {
        Array sum = ring.allSum(Array.concatenate(
                0,
                arrays.stream()
                        .map(array -> array.astype(DType.FLOAT32).reshape(-1))
                        .toArray(Array[]::new)));
        List<Array> sums = new ArrayList<>();
        int start = 0;
        for (Array array : arrays) {
            int end = Math.addExact(start, Math.toIntExact(array.size()));
            sums.add(sum.slice(0, start, end).reshape(array.shape()).astype(array.dtype()));
            start = end;
        }
        return sums;
    }

    @Override
    public long[][] gather(long... values) {
        int[] halves = new int[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            halves[2 * i] = (int) (values[i] >>> 32);
            halves[2 * i + 1] = (int) values[i];
        }
        int[] all;
        try (Scope scope = Scope.open()) {
            all = ring.allGather(Array.of(halves, halves.length)).toInts();
        }
        long[][] gathered = new long[size()][values.length];
        for (int i = 0; i < size() * values.length; i++) {
            gathered[i / values.length][i % values.length] = (long) all[2 * i] << 32 | all[2 * i + 1] & 0xFFFFFFFFL;
        }
        return gathered;
    }

    @Override
    public void requireSame(Map<String, Long> facts) {
        List<String> names = List.copyOf(facts.keySet());
        long[][] all = gather(facts.values().stream().mapToLong(Long::longValue).toArray());
        for (int i = 0; i < names.size(); i++) {
            for (int rank = 1; rank < size(); rank++) {
                if (all[rank][i] != all[0][i]) {
                    throw new DistributedException(
                            "The processes differ: " + names.get(i) + " is " + all[0][i] + " at " + place.name(0)
                                    + ", but " + all[rank][i] + " at " + place.name(rank)
                                    + ". All need the same settings, model, data and adapter folder.",
                            null);
                }
            }
        }
    }

    @Override
    public RuntimeException explain(MlxException error) {
        Optional<String> loss = watch.loss();
        return loss.isPresent() ? new DistributedException(loss.get(), error) : error;
    }

    @Override
    public void fail(String reason) {
        watch.fail(place.name(place.rank()) + " failed: " + reason);
    }

    @Override
    public void close() {
        watch.close();
    }
}
