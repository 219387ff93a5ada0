package org.mlxspring.engine.text.bpe;

import java.util.Arrays;

/** Collects tokens with the characters of the text that they hold. */
final class PlacedSink implements WordSink {

    private static final CharSet SPACE = CharSet.whiteSpace();
    private static final CharSet BLANK = CharSet.of(' ');

    private final char[] text;
    private final ByteLevelModel model;
    private final boolean trims;
    private int[] ids = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;
    /** @param trims whether white space at the ends of a token's text is left out of its place */
    PlacedSink(char[] text, ByteLevelModel model, boolean trims) {
        this.text = text;
        this.model = model;
        this.trims = trims;
    }

    @Override
    public void word(int[] word, int start, int end) {
        model.places(text, start, end, word, this);
    }

    @Override
    public void added(int id, int start, int end) {
        put(id, start, end, SPACE);
    }

    /** A token of bytes; of white space it knows the space alone. */
    void put(int id, int start, int end) {
        put(id, start, end, BLANK);
    }

    private void put(int id, int start, int end, CharSet space) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        int from = start;
        int to = end;
        if (trims) {
            while (from < to && space.has(text[from])) {
                from++;
            }
            while (to > from && space.has(text[to - 1])) {
                to--;
            }
        }
        ids[size] = id;
        starts[size] = from;
        ends[size++] = to;
    }

    BpeTokenizer.PlacedIds ids() {
        return new BpeTokenizer.PlacedIds(
                Arrays.copyOf(ids, size), Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
    }
}
