package org.mlxspring.engine.text.bpe;

import java.util.Arrays;
import java.util.List;

/**
 * A set of characters as patterns name them. Letters, numbers and their kin are those of this Java's Unicode version;
 * {@link UncertainCharacters} lists the few that other versions sort otherwise.
 */
final class CharSet {

    private static final int ALL_TYPES = 31;

    /** Members below 128, as bits. */
    private final long low;

    private final long high;
    /** General categories, as bits by {@link Character#getType(int)}. */
    private final int types;
    /** Pairs of a first and a last member. */
    private final int[] ranges;

    private final List<CharSet> parts;
    private final boolean negated;

    private CharSet(int types, int[] ranges, List<CharSet> parts, boolean negated) {
        this.types = types;
        this.ranges = ranges;
        this.parts = List.copyOf(parts);
        this.negated = negated;
        long first = 0;
        long second = 0;
        for (int c = 0; c < 64; c++) {
            first |= find(c) ? 1L << c : 0;
            second |= find(c + 64) ? 1L << c : 0;
        }
        this.low = first;
        this.high = second;
    }

    /** Unicode's White_Space, that is, {@code \s}. */
    static CharSet whiteSpace() {
        return ofRanges(
                0x09, 0x0d, 0x20, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f,
                0x202f, 0x205f, 0x205f, 0x3000, 0x3000);
    }

    /** Characters of general categories, each a constant of {@link Character}. */
    static CharSet ofTypes(byte... types) {
        int bits = 0;
        for (byte type : types) {
            bits |= 1 << (type & ALL_TYPES);
        }
        return new CharSet(bits, new int[0], List.of(), false);
    }

    /** Characters in ranges, given as pairs of the first and the last. */
    static CharSet ofRanges(int... ranges) {
        return new CharSet(0, ranges.clone(), List.of(), false);
    }

    static CharSet of(int c) {
        return ofRanges(c, c);
    }

    static CharSet union(List<CharSet> parts) {
        return parts.size() == 1 ? parts.getFirst() : new CharSet(0, new int[0], parts, false);
    }

    CharSet complement() {
        return new CharSet(types, ranges, parts, !negated);
    }

    boolean has(int c) {
        if (c < 64) {
            return (low >>> c & 1) != 0;
        }
        return c < 128 ? (high >>> c & 1) != 0 : find(c);
    }

    private boolean find(int c) {
        return listed(c) != negated;
    }

    private boolean listed(int c) {
        if (types != 0 && (types >>> Character.getType(c) & 1) != 0) {
            return true;
        }
        for (int i = 0; i < ranges.length; i += 2) {
            if (c >= ranges[i] && c <= ranges[i + 1]) {
                return true;
            }
        }
        for (CharSet part : parts) {
            if (part.has(c)) {
                return true;
            }
        }
        return false;
    }

    /** The one member of a set made by {@link #of}, in the letter cases that match it without regard to case. */
    CharSet ignoringCase() {
        if (ranges.length != 2 || ranges[0] != ranges[1]) {
            return this;
        }
        int c = ranges[0];
        int[] cases = {Character.toLowerCase(c), Character.toUpperCase(c), c};
        CharSet both =
                union(Arrays.stream(cases).distinct().mapToObj(CharSet::of).toList());
        // The long s and the sign for kelvin fold to s and k.
        return switch (Character.toLowerCase(c)) {
            case 's' -> union(List.of(both, of(0x17f)));
            case 'k' -> union(List.of(both, of(0x212a)));
            default -> both;
        };
    }
}
