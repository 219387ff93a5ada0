package org.mlxspring.engine.generate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.KeysAndValues;

/** Keys and values of all tokens, in few bits. */
final class PackedCache implements TrimmableCache {

    private final Quantization format;
    private final Side keys;
    private final Side values;
    private int offset;

    /**
     * @param owner scope that the buffers live in
     */
    PackedCache(Scope owner, Quantization format) {
        this.format = format;
        keys = new Side(owner);
        values = new Side(owner);
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public KeysAndValues.Packed update(Array newKeys, Array newValues) {
        requireWholeGroups(newKeys.dim(3));
        requireWholeGroups(newValues.dim(3));
        return add(format.pack(newKeys), format.pack(newValues));
    }

    /** Adds what is packed already. */
    KeysAndValues.Packed add(Quantization.Packed newKeys, Quantization.Packed newValues) {
        int before = offset;
        offset += newKeys.scales().dim(2);
        return new KeysAndValues.Packed(format, keys.write(newKeys, before), values.write(newValues, before));
    }

    private void requireWholeGroups(int features) {
        if (features % format.groupSize() != 0) {
            throw new IllegalArgumentException("kv_group_size is " + format.groupSize() + "; a head of this model has "
                    + features + " features, which must be a multiple of it.");
        }
    }

    @Override
    public List<Array> held() {
        return Stream.concat(keys.held(), values.held()).toList();
    }

    @Override
    public void trim(int tokens) {
        offset -= tokens;
    }

    /** The three parts of keys or of values. */
    private static final class Side {

        private final GrowingBuffer values;
        private final GrowingBuffer scales;
        private final GrowingBuffer biases;

        Side(Scope owner) {
            values = new GrowingBuffer(owner);
            scales = new GrowingBuffer(owner);
            biases = new GrowingBuffer(owner);
        }

        Stream<Array> held() {
            return Stream.of(values, scales, biases).flatMap(GrowingBuffer::held);
        }

        Quantization.Packed write(Quantization.Packed added, int at) {
            Optional<Array> written = added.biases().map(part -> biases.write(part, at));
            return new Quantization.Packed(values.write(added.values(), at), scales.write(added.scales(), at), written);
        }
    }
}
