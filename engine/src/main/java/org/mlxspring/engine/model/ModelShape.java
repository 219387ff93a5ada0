package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mlxspring.engine.array.SafetensorsHeader;

/**
 * How large a model is, from {@code config.json} and the headers of its weights: MLX is not needed for it, and no weight
 * is read.
 *
 * @param tensors every tensor that the model keeps
 * @param hidden features between layers
 * @param layers number of layers
 * @param heads query heads
 * @param keyHeads heads of keys and values
 * @param headDim features per head
 * @param inner features inside the MLP that a token passes: of all experts that serve it, where there are several
 * @param experts how many experts serve a token; 0 where there are none
 * @param vocabulary number of tokens
 * @param attention how the scores of attention are made
 */
public record ModelShape(
        List<Tensor> tensors,
        int hidden,
        int layers,
        int heads,
        int keyHeads,
        int headDim,
        int inner,
        int experts,
        int vocabulary,
        AttentionKind attention) {

    private static final Pattern IN_LAYER = Pattern.compile("(?:.*\\.)?layers\\.(\\d+)\\.(.*)");
    private static final Pattern EXPERT_APART = Pattern.compile("\\.experts\\.\\d+\\.");

    private static final String WEIGHT = ".weight";

    /**
     * A tensor of the files.
     *
     * @param layer number of its layer; -1 outside of the layers
     * @param name in its layer, or in the model
     * @param shape its dimensions, those of a packed weight before it was packed
     * @param bytes that its values take, packed if they are
     * @param type name of the element type, such as {@code F32}
     * @param packed whether it is a weight packed into few bits, or belongs to one
     * @param aligned whether it begins at a multiple of eight bytes, and nothing else is made of it, so that it can lie in
     *     the mapped file
     */
    public record Tensor(
            int layer, String name, List<Integer> shape, long bytes, String type, boolean packed, boolean aligned) {

        /** How many numbers it stands for. */
        public long elements() {
            return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        }

        /** Whether it is what a linear layer, experts or an embedding multiply by: [..., outputs, inputs]. */
        public boolean isMatrix() {
            return shape.size() > 1 && name.endsWith(WEIGHT);
        }

        /** Name of the module of a matrix, as keys of an adapter name it: experts that are kept apart are one module. */
        public String module() {
            return EXPERT_APART
                    .matcher(name.substring(0, name.length() - WEIGHT.length()))
                    .replaceFirst(".switch_mlp.");
        }

        /** Inputs of a matrix. */
        public int columns() {
            return shape.getLast();
        }

        /** Outputs of a matrix. */
        public int rows() {
            return shape.get(shape.size() - 2);
        }
    }

    /** Bytes of a number between layers: those of the norms' weights, which no packing changes. */
    public int numberBytes() {
        return tensors.stream()
                .filter(tensor -> tensor.name().contains("norm") && tensor.elements() > 0)
                .mapToInt(tensor -> (int) (tensor.bytes() / tensor.elements()))
                .findFirst()
                .orElse(Float.BYTES);
    }

    /** Whether the MLP outside of experts multiplies by a gate, rather than passing through an activation alone. */
    public boolean gated() {
        return tensors.stream().anyMatch(tensor -> tensor.name().contains(".gate_"));
    }

    /**
     * Reads the sizes of a model folder.
     *
     * @throws ModelException if the folder is incomplete, or a file of it is damaged
     */
    public static ModelShape read(Path folder) {
        ModelConfig config = ModelConfig.read(folder);
        Map<String, SafetensorsHeader.Tensor> headers = new LinkedHashMap<>();
        for (Path file : Weights.files(folder)) {
            try {
                headers.putAll(SafetensorsHeader.read(file).tensors());
            } catch (IOException e) {
                throw new ModelException(String.valueOf(e.getMessage()), e);
            }
        }
        if (headers.isEmpty()) {
            throw new ModelException("There are no weights in " + folder + ": no file model*.safetensors.");
        }
        if (config.boolOr("tie_word_embeddings", false)) {
            headers.keySet().removeIf(name -> name.startsWith("lm_head."));
        }
        List<Tensor> tensors = new ArrayList<>();
        headers.forEach((name, header) -> tensors.add(tensor(name, header, headers, config)));
        int hidden = config.intOr("hidden_size", 0);
        int heads = config.intOr("num_attention_heads", 1);
        return new ModelShape(
                List.copyOf(tensors),
                hidden,
                1 + tensors.stream().mapToInt(Tensor::layer).max().orElse(-1),
                heads,
                config.intOr("num_key_value_heads", heads),
                config.intOr("head_dim", hidden / Math.max(1, heads)),
                inner(config, hidden),
                config.intOr("num_experts_per_tok", 0),
                tensors.stream()
                        .filter(tensor -> tensor.name().endsWith("embed_tokens.weight"))
                        .mapToInt(tensor -> tensor.shape().getFirst())
                        .findFirst()
                        .orElseGet(() -> config.intOr("vocab_size", 0)),
                AttentionKind.of(config, headers.keySet()));
    }

    private static int inner(ModelConfig config, int hidden) {
        int dense = config.intOr("intermediate_size", 4 * hidden);
        int chosen = config.intOr("num_experts_per_tok", 0);
        return chosen == 0
                ? dense
                : chosen * config.intOr("moe_intermediate_size", dense)
                        + config.intOr("shared_expert_intermediate_size", 0);
    }

    private static Tensor tensor(
            String name,
            SafetensorsHeader.Tensor header,
            Map<String, SafetensorsHeader.Tensor> all,
            ModelConfig config) {
        Matcher place = IN_LAYER.matcher(name);
        boolean inLayer = place.matches();
        String path = name.replaceFirst("\\.(weight|qweight|scales|biases|qzeros)$", "");
        boolean packed = all.containsKey(path + ".scales");
        List<Integer> shape = header.shape();
        if (packed && name.endsWith(WEIGHT)) {
            int groups = all.get(path + ".scales").shape().getLast();
            int groupSize = config.object("quantization")
                    .map(each -> each.intOr("group_size", 64))
                    .orElse(64);
            shape = new ArrayList<>(shape);
            shape.set(shape.size() - 1, groups * groupSize);
        }
        boolean asItIs = !EXPERT_APART.matcher(name).find() && !name.endsWith(".qweight");
        return new Tensor(
                inLayer ? Integer.parseInt(place.group(1)) : -1,
                inLayer ? place.group(2) : name,
                shape,
                header.bytes(),
                header.type(),
                packed,
                asItIs && header.offset() % Long.BYTES == 0);
    }
}
