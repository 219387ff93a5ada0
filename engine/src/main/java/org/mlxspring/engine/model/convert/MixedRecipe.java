package org.mlxspring.engine.model.convert;

import java.util.Locale;

/**
 * mlx-lm's recipes of mixed bits: more for the head, and for the value and down projections of the first and the last
 * eighth of the layers and of every third one between.
 */
public enum MixedRecipe {
    MIXED_2_6(2, 6),
    MIXED_3_4(3, 4),
    MIXED_3_6(3, 6),
    MIXED_4_6(4, 6);

    private final int low;
    private final int high;

    MixedRecipe(int low, int high) {
        this.low = low;
        this.high = high;
    }

    /** The name on the command line. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param path of a layer, such as {@code model.layers.3.mlp.down_proj}
     * @param layers number of decoder layers
     * @param index position of the number of a decoder layer among the parts of a path
     */
    int bits(String path, int layers, int index) {
        if (path.contains("lm_head")) {
            return high;
        }
        boolean sensitive = path.contains("v_proj")
                || path.contains("v_a_proj")
                || path.contains("v_b_proj")
                || path.contains("down_proj");
        return sensitive && isFavoured(path.split("\\."), layers, index) ? high : low;
    }

    private static boolean isFavoured(String[] parts, int layers, int index) {
        int layer = parts.length > index ? Integer.parseInt(parts[index]) : 0;
        int eighth = layers / 8;
        return layer < eighth || layer >= 7 * layers / 8 || Math.floorMod(layer - eighth, 3) == 2;
    }
}
