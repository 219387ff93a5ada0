package org.mlxspring.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.array.Device;
import org.mlxspring.engine.model.AttentionKind;
import org.mlxspring.engine.model.ModelShape;
import org.mlxspring.engine.model.ModelShape.Tensor;
import org.mlxspring.engine.optim.Optimizer;
import org.mlxspring.engine.train.MemoryEstimate.Part;

/**
 * Estimates what a run needs, from sizes alone. Most of it follows from the formulas of a layer; how many arrays of each
 * kind are alive at the worst moment was measured, and a test compares the sum with what MLX counts.
 *
 * @param model sizes of the base model
 * @param settings of the run
 * @param trained what of the model is trained
 * @param computation how the machine of the run computes
 */
record MemoryEstimator(ModelShape model, TrainSettings settings, TrainedSize trained, Computation computation) {

    MemoryEstimator(ModelShape model, TrainSettings settings, Computation computation) {
        this(model, settings, TrainedSize.of(model, settings), computation);
    }

    /**
     * Estimates for a batch. The worst moment is in the backward pass or in the update that follows it.
     *
     * @param batch the one that needs most
     */
    MemoryEstimate estimate(BatchShape batch) {
        boolean maps = computation.device() == Device.CPU && computation.kernels();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("weights in the mapped files", maps ? weights(Tensor::aligned) : 0, false));
        parts.add(part("weights of the base model", weights(tensor -> !maps || !tensor.aligned())));
        parts.add(part("adapter", trained.added()));
        parts.add(part("gradients", gradients()));
        parts.add(part("optimizer", moments()));
        List<Part> backward = List.of(
                part("activations for the backward pass", activations(batch)),
                part("attention scores", scores(batch)),
                part("token scores", logits(batch)),
                part("arrays in work", inWork(batch)));
        Part update = part("arrays of an update", updating());
        parts.addAll(backward.stream().mapToLong(Part::bytes).sum() > update.bytes() ? backward : List.of(update));
        return new MemoryEstimate(parts);
    }

    private static Part part(String name, long bytes) {
        return new Part(name, bytes, true);
    }

    private long weights(Predicate<Tensor> which) {
        return model.tensors().stream().filter(which).mapToLong(Tensor::bytes).sum();
    }

    /** One per trained number, and where they are added up over iterations, their float32 sum. */
    private long gradients() {
        long sums = settings.gradAccumulationSteps() > 1 ? trained.parameters() * Float.BYTES : 0;
        return trained.bytes() + sums;
    }

    /** In the type of the gradients. */
    private long moments() {
        return Optimizer.wholeMoments(settings.optimizer()) * trained.bytes();
    }

    /** What an update makes of gradients and moments, and of sums of gradients their means besides. */
    private long updating() {
        double arrays = settings.gradAccumulationSteps() > 1 ? 4.5 : 2;
        return (long) (arrays * trained.bytes());
    }

    /** What is needed again for the gradients of the trained layers; with checkpointing what goes into each, and one's. */
    private long activations(BatchShape batch) {
        long once = batch.tokens() * model.hidden() * model.numberBytes();
        long kept = batch.tokens() * keptPerToken();
        return settings.gradCheckpoint() ? trained.layers() * once + kept : trained.layers() * kept;
    }

    /** Bytes that a token leaves behind in a layer. */
    private long keptPerToken() {
        long queries = (long) model.heads() * model.headDim();
        long keys = (long) model.keyHeads() * model.headDim();
        // x, its norm, the sum with attention, its norm; queries, keys and values rotated and mixed; the MLP's parts.
        // Of each expert that serves it: copies in the experts' order and in the tokens', of what goes in and what
        // comes out.
        long numbers =
                (5L + 6L * model.experts()) * model.hidden() + 2 * queries + 2 * keys + keptInside() * model.inner();
        return numbers * model.numberBytes() + adapterPerToken();
    }

    /** Arrays inside an MLP: gate, up and product with the engine's kernel, which experts and an MLP without a gate lack. */
    private long keptInside() {
        if (model.experts() > 0) {
            return 5;
        }
        if (!model.gated()) {
            return 6;
        }
        return ownKernels() ? 3 : 4;
    }

    /** What an adapter keeps of a token: what it is between its matrices; with DoRA the output, for the gradient of lengths. */
    private long adapterPerToken() {
        long bytes = 0;
        for (Tensor matrix : trained.adapted()) {
            long output = settings.fineTuneType() == FineTuneType.DORA ? matrix.rows() : 0;
            bytes += (output + 2L * settings.loraParameters().rank()) * Float.BYTES;
        }
        return bytes / Math.max(1, trained.layers());
    }

    /** Our own attention on a CPU makes none; where MLX's runs, its gradient needs them as a whole. */
    private long scores(BatchShape batch) {
        if (ownKernels() && model.attention() == AttentionKind.PLAIN) {
            return 0;
        }
        // What the softmax gives, and with a cap what tanh gave before it.
        long kept = model.attention() == AttentionKind.CAPPED ? 2 : 1;
        long layers = settings.gradCheckpoint() ? 1 : trained.layers();
        return (layers * kept + 2) * batch.pairs() * model.heads() * model.numberBytes();
    }

    /** Our own kernels for a CPU take float32. */
    private boolean ownKernels() {
        return computation.device() == Device.CPU && computation.kernels() && model.numberBytes() == Float.BYTES;
    }

    /** The scores, and their gradient. */
    private long logits(BatchShape batch) {
        return 2 * batch.targets() * model.vocabulary() * model.numberBytes();
    }

    /** A few arrays that are made and gone again, and with DoRA the adapted weights, whose lengths divide the outputs. */
    private long inWork(BatchShape batch) {
        long widest = 2 * batch.tokens() * Math.max(model.inner(), model.hidden()) * model.numberBytes();
        long adapted = settings.fineTuneType() == FineTuneType.DORA
                ? trained.adapted().stream().mapToLong(Tensor::elements).sum() * Float.BYTES
                : 0;
        return widest + adapted;
    }
}
