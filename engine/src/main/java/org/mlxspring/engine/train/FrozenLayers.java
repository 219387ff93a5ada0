package org.mlxspring.engine.train;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.Parameter;

/**
 * The layers below the first that is trained. Nothing in them changes, and no dropout is in them, so they give the same for
 * a row in every epoch and every validation: it is computed once and kept on disk, and the rest of the model goes on from
 * there.
 */
final class FrozenLayers implements BatchReader {

    private final LanguageModel model;
    private final int count;
    private final ActivationFile kept;

    private FrozenLayers(LanguageModel model, int count, ActivationFile kept) {
        this.model = model;
        this.count = count;
        this.kept = kept;
    }

    /**
     * Reads batches with the activations that are kept, or from their tokens where every layer is trained, or nothing may
     * be kept.
     *
     * @param model with what is trained of it
     */
    static BatchReader of(LanguageModel model, ActivationFile kept) {
        int count = kept.isNone() ? 0 : count(model);
        return count == 0 ? BatchArrays::of : new FrozenLayers(model, count, kept);
    }

    /** Number of layers below the first that is trained; 0 where the embedding is trained itself. */
    static int count(LanguageModel model) {
        if (model.embedding().parameters("").values().stream().anyMatch(Parameter::isTrainable)) {
            return 0;
        }
        List<? extends Module> layers = model.layers();
        OptionalInt first = IntStream.range(0, layers.size())
                .filter(layer ->
                        layers.get(layer).parameters("").values().stream().anyMatch(Parameter::isTrainable))
                .findFirst();
        return first.orElse(0);
    }

    @Override
    public BatchArrays read(Batch batch) {
        BatchArrays arrays = BatchArrays.of(batch);
        return switch (arrays) {
            case BatchArrays(ModelInput.Tokens(Array tokens), Mask.Packed rows, Array p, Array t, int n) ->
                arrays.from(new ModelInput.Activations(activations(batch, tokens, rows), count));
            // Padded rows are those of a GPU, which computes faster than a disk reads.
            default -> arrays;
        };
    }

    /** Kept by the batch: the last bits of a product may depend on how many rows it has. */
    private Array activations(Batch batch, Array tokens, Mask.Packed rows) {
        String name = RowHash.of(batch, rows.lengths());
        try (Scope scope = Scope.open()) {
            Array embedded = model.activations(0, tokens, rows);
            if (kept.holds(name)) {
                int[] shape = embedded.shape();
                float[] values = kept.read(name, Math.toIntExact(embedded.size()));
                return scope.keep(Array.of(values, shape).astype(embedded.dtype()));
            }
            Array computed = model.activations(count, tokens, rows);
            kept.keep(name, computed.toFloats());
            return scope.keep(computed);
        }
    }
}
