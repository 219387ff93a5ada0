package org.mlxspring.engine.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.SafetensorsHeader;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.KeysAndValues;

/**
 * A file that mlx-lm's {@code cache_prompt} wrote: safetensors whose names are places in nested lists. Tensor
 * {@code 3.0} is the first part of layer 3's cache, and in the metadata {@code 1.3} is its kind and {@code 0.model} the
 * model's folder.
 */
public record StoredCaches(Path file) {

    /** The model that the file was made with, as its maker named it. */
    public Optional<String> model() {
        return Optional.ofNullable(header().metadata().get("0.model"));
    }

    /**
     * The caches of each layer.
     *
     * @param owner scope that they live in
     * @throws IllegalArgumentException if the file holds something else, or another number of layers
     */
    List<KeyValueCache> open(int layers, Optional<KeyPacking> packing, Scope owner) {
        Map<String, String> metadata = header().metadata();
        long stored =
                metadata.keySet().stream().filter(name -> name.startsWith("1.")).count();
        if (stored != layers) {
            throw wrong("holds the caches of " + stored + " layers; the model has " + layers);
        }
        try (Scope reading = Scope.open()) {
            Map<String, Array> tensors = Safetensors.load(file);
            List<KeyValueCache> caches = new ArrayList<>();
            for (int number = 0; number < layers; number++) {
                Layer layer = new Layer(tensors, number);
                String kind = metadata.get("1." + number);
                caches.add(
                        switch (kind) {
                            case "KVCache" -> layer.plain(packing, owner);
                            case "QuantizedKVCache" -> layer.packed(packing, owner);
                            case "RotatingKVCache" -> layer.rotating(packing, owner);
                            case null, default ->
                                throw wrong("holds a cache of the kind " + kind
                                        + " for layer " + number
                                        + "; KVCache, QuantizedKVCache and RotatingKVCache can be read");
                        });
            }
            return caches;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private SafetensorsHeader header() {
        try {
            return SafetensorsHeader.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file + " " + what + ".");
    }

    /** The parts of one layer's cache. */
    private final class Layer {

        private final Map<String, Array> tensors;
        private final int number;

        Layer(Map<String, Array> tensors, int number) {
            this.tensors = tensors;
            this.number = number;
        }

        KeyValueCache plain(Optional<KeyPacking> packing, Scope owner) {
            int offset = whole("2");
            GrowingCache cache = new GrowingCache(owner);
            cache.update(part("0").slice(2, 0, offset), part("1").slice(2, 0, offset));
            return packing.<KeyValueCache>map(given -> new PackingCache(owner, given, cache))
                    .orElse(cache);
        }

        KeyValueCache packed(Optional<KeyPacking> packing, Scope owner) {
            int offset = whole("2");
            Quantization format = new Quantization(Quantization.Mode.AFFINE, whole("3"), whole("4"));
            if (packing.isPresent() && !packing.get().format().equals(format)) {
                throw wrong("is packed with kv_bits " + format.bits() + " and kv_group_size " + format.groupSize()
                        + ", not as asked");
            }
            PackedCache cache = new PackedCache(owner, format);
            cache.add(packed("0", offset), packed("1", offset));
            return cache;
        }

        private Quantization.Packed packed(String name, int offset) {
            return new Quantization.Packed(part(name + ".0"), part(name + ".1"), Optional.of(part(name + ".2")))
                    .map(side -> side.slice(2, 0, offset));
        }

        KeyValueCache rotating(Optional<KeyPacking> packing, Scope owner) {
            if (packing.isPresent()) {
                throw wrong("holds caches of a fixed size, which cannot be packed; leave out kv_bits");
            }
            if (whole("3") != RotatingCache.KEPT) {
                throw wrong("was made with a model that has sliding windows; such caches cannot be read");
            }
            KeysAndValues.Plain ring = new KeysAndValues.Plain(owner.take(part("0")), owner.take(part("1")));
            return new RotatingCache(owner, whole("4"), ring, whole("2"), whole("5"));
        }

        private Array part(String name) {
            Array part = tensors.get(number + "." + name);
            if (part == null) {
                throw wrong("lacks the tensor " + number + "." + name);
            }
            return part;
        }

        private int whole(String name) {
            Array part = part(name);
            Mlx.eval(part);
            return part.toInts()[0];
        }
    }
}
