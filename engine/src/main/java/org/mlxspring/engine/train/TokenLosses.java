package org.mlxspring.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.Substitution;
import org.mlxspring.engine.nn.Parameter;

/**
 * The cross-entropy of single tokens. Token scores are many times larger than anything else of a model with a large
 * vocabulary, so where they would be, they are computed for a few places after another: neither all scores nor their
 * gradient ever exist at once.
 */
enum TokenLosses {

    /** Without a gradient. */
    JUDGED,
    /** With a gradient, to the features and to whatever is trained of the head. */
    LEARNED;

    /** Most bytes of float32 scores at once. */
    private static final long PIECE = 64 << 20;

    /**
     * {@code -log softmax(scores)} at the target of each place, in the type of the scores.
     *
     * @param features [count, features]
     * @param targets int32 [count]
     * @return [count]
     */
    Array of(LanguageModel model, Array features, Array targets) {
        return inPieces(
                model, PIECE, features, targets, (some, theirs) -> Fast.crossEntropy(model.project(some), theirs));
    }

    /** As {@link #of}, in float32: sums over a whole answer would show what half precision rounds away in each token. */
    Array inFloat32(LanguageModel model, Array features, Array targets) {
        return inPieces(
                model,
                PIECE,
                features,
                targets,
                (some, theirs) -> Fast.crossEntropy(model.project(some).astype(DType.FLOAT32), theirs));
    }

    /**
     * @param bytes most bytes of float32 scores at once
     * @param losses of features and targets
     */
    Array inPieces(LanguageModel model, long bytes, Array features, Array targets, BinaryOperator<Array> losses) {
        int count = features.dim(0);
        int piece = (int)
                Math.max(1, bytes / (Float.BYTES * (long) model.head().weight().shape()[0]));
        if (count <= piece) {
            return losses.apply(features, targets);
        }
        int[] lengths = new int[Math.ceilDiv(count, piece)];
        Arrays.setAll(lengths, i -> Math.min(piece, count - i * piece));
        List<Array> someFeatures = features.split(0, lengths);
        List<Array> someTargets = targets.split(0, lengths);
        List<Parameter> trained = model.head().parameters("").values().stream()
                .filter(Parameter::isTrainable)
                .toList();
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            Array theirs = someTargets.get(i);
            Array some = i == 0
                    ? someFeatures.get(i)
                    : someFeatures.get(i).after(pieces.getLast().last());
            pieces.add(
                    switch (this) {
                        case JUDGED -> Piece.of(losses.apply(some, theirs));
                        case LEARNED ->
                            trained.isEmpty()
                                    ? Piece.withItsGradient(some, theirs, losses)
                                    : Piece.of(computedAgain(some, targets, i * piece, trained, losses));
                    });
        }
        return Array.concatenate(0, pieces.stream().map(Piece::losses).toArray(Array[]::new));
    }

    /**
     * In the backward pass the scores are computed again, since the head's own gradient needs them.
     *
     * @param targets of all places: arrays that are made while the function runs first are gone when it runs again
     */
    private static Array computedAgain(
            Array features, Array targets, int from, List<Parameter> trained, BinaryOperator<Array> losses) {
        int to = from + features.dim(0);
        List<Array> inputs = new ArrayList<>();
        inputs.add(features);
        trained.forEach(parameter -> inputs.add(parameter.value()));
        return Gradient.checkpoint(
                        given -> Substitution.with(
                                trained,
                                given.subList(1, given.size()),
                                () -> List.of(losses.apply(given.getFirst(), targets.slice(0, from, to)))),
                        inputs)
                .getFirst();
    }

    /**
     * The losses of a few places.
     *
     * @param last what is computed last of them
     */
    private record Piece(Array losses, Array last) {

        static Piece of(Array losses) {
            return new Piece(losses, losses);
        }

        /**
         * A place's loss depends on that place's features alone, so its gradient can be computed at once, while the scores
         * are there, and be scaled by what the backward pass brings.
         */
        static Piece withItsGradient(Array features, Array targets, BinaryOperator<Array> losses) {
            try (Gradient gradient = Gradient.of(
                    given -> {
                        Array each = losses.apply(given.getFirst(), targets);
                        return List.of(each.astype(DType.FLOAT32).sum(), each);
                    },
                    1)) {
                Gradient.Result result = gradient.apply(List.of(features));
                Array slope = result.gradients().getFirst().stopGradient();
                Array value = result.values().get(1).stopGradient();
                // Adds zero, whose gradient is the slope.
                Array line = features.multiply(slope).sum(-1, false);
                Array zero = line.subtract(line.stopGradient()).astype(value.dtype());
                return new Piece(value.add(zero), slope);
            }
        }
    }
}
