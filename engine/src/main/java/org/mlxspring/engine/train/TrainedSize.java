package org.mlxspring.engine.train;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.model.ModelShape;
import org.mlxspring.engine.model.ModelShape.Tensor;

/**
 * How much of a model a run trains.
 *
 * @param layers how many layers have something to train
 * @param adapted matrices that receive an adapter; none where the weights themselves are trained
 * @param parameters numbers that are trained
 * @param added bytes of those that are not weights of the model
 * @param bytes of all that are trained
 */
record TrainedSize(int layers, List<Tensor> adapted, long parameters, long added, long bytes) {

    static TrainedSize of(ModelShape model, TrainSettings settings) {
        int count = settings.numLayers() <= 0 ? model.layers() : Math.min(settings.numLayers(), model.layers());
        int first = model.layers() - count;
        if (settings.fineTuneType() == FineTuneType.FULL) {
            List<Tensor> trained = model.tensors().stream()
                    .filter(tensor -> tensor.layer() >= first && !tensor.packed())
                    .toList();
            return new TrainedSize(
                    count,
                    List.of(),
                    trained.stream().mapToLong(Tensor::elements).sum(),
                    0,
                    trained.stream().mapToLong(Tensor::bytes).sum());
        }
        Optional<List<String>> keys = settings.loraParameters().keys();
        List<Tensor> adapted = model.tensors().stream()
                .filter(Tensor::isMatrix)
                .filter(tensor -> keys.isEmpty()
                        ? tensor.layer() >= first
                        : keys.get().contains(tensor.module()) && (tensor.layer() < 0 || tensor.layer() >= first))
                .toList();
        long parameters =
                adapted.stream().mapToLong(tensor -> adapter(tensor, settings)).sum();
        return new TrainedSize(count, adapted, parameters, parameters * Float.BYTES, parameters * Float.BYTES);
    }

    /** Two matrices of a rank for each matrix, in float32; with DoRA a number for each row besides. */
    private static long adapter(Tensor tensor, TrainSettings settings) {
        long inputs = tensor.columns();
        long outputs = tensor.rows();
        long experts = tensor.elements() / (inputs * outputs);
        long each = settings.loraParameters().rank() * (inputs + outputs);
        return experts * (settings.fineTuneType() == FineTuneType.DORA ? each + outputs : each);
    }
}
