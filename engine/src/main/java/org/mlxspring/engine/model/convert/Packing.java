package org.mlxspring.engine.model.convert;

import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Quantization.Mode;

/**
 * How the weights of a model are packed.
 *
 * @param standard of every layer without a rule of its own
 * @param recipe gives some layers more bits; only with the affine mode
 */
public record Packing(Quantization standard, Optional<MixedRecipe> recipe) {

    private static final Set<Integer> BITS = Set.of(2, 3, 4, 5, 6, 8);
    private static final Set<Integer> GROUPS = Set.of(32, 64, 128);

    /**
     * @throws IllegalArgumentException if MLX has no such format, or none with a recipe
     */
    public Packing {
        Quantization usual = standard.mode().standard();
        if (standard.mode() != Mode.AFFINE && !standard.equals(usual)) {
            throw new IllegalArgumentException("The mode " + standard.mode().settingName() + " has " + usual.bits()
                    + " bits and groups of " + usual.groupSize() + "; it cannot have " + standard.bits()
                    + " bits and groups of " + standard.groupSize() + ".");
        }
        if (standard.mode() == Mode.AFFINE && !BITS.contains(standard.bits())) {
            throw new IllegalArgumentException(
                    standard.bits() + " bits are not possible; the affine mode has 2, 3, 4, 5, 6 or 8.");
        }
        if (standard.mode() == Mode.AFFINE && !GROUPS.contains(standard.groupSize())) {
            throw new IllegalArgumentException("Groups of " + standard.groupSize()
                    + " are not possible; the affine mode has groups of 32, 64 or 128.");
        }
        if (recipe.isPresent() && standard.mode() != Mode.AFFINE) {
            throw new IllegalArgumentException("The recipe " + recipe.get().settingName()
                    + " is for the affine mode; the mode is "
                    + standard.mode().settingName() + ".");
        }
    }

    /** With MLX's sizes for what is not given. */
    public static Packing of(
            Mode mode, Optional<Integer> groupSize, Optional<Integer> bits, Optional<MixedRecipe> recipe) {
        Quantization usual = mode.standard();
        return new Packing(
                new Quantization(mode, groupSize.orElse(usual.groupSize()), bits.orElse(usual.bits())), recipe);
    }
}
