package org.mlxspring.engine.text;

import java.util.Arrays;

/** For every other vocabulary: decodes the current line again and again, and gives out what is new in it. */
final class DecodingDetokenizer implements StreamingDetokenizer {

    private static final String REPLACEMENT = "\ufffd";

    private final Tokenizer tokenizer;
    private final boolean cleansSpaces;
    private final StringBuilder returned = new StringBuilder();
    private String finishedLines = "";
    private int[] line = new int[64];
    private int count;

    DecodingDetokenizer(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.cleansSpaces =
                !tokenizer.decode(tokenizer.encode("a ,b", false), false).contains(" ,");
    }

    @Override
    public String add(int id) {
        if (count == line.length) {
            line = Arrays.copyOf(line, 2 * count);
        }
        line[count++] = id;
        String current = decoded();
        if (current.endsWith(REPLACEMENT)) {
            while (current.endsWith(REPLACEMENT)) {
                current = current.substring(0, current.length() - 1);
            }
        } else if (cleansSpaces && current.endsWith(" ")) {
            current = current.substring(0, current.length() - 1);
        }
        if (current.endsWith("\n")) {
            finishedLines += current;
            count = 0;
            return release(finishedLines);
        }
        return release(finishedLines + current);
    }

    @Override
    public String finish() {
        finishedLines += decoded();
        count = 0;
        return release(finishedLines);
    }

    private String decoded() {
        return count == 0 ? "" : tokenizer.decode(Arrays.copyOf(line, count), false);
    }

    /** What a text has beyond what was given out. */
    private String release(String all) {
        String piece = all.length() > returned.length() ? all.substring(returned.length()) : "";
        returned.append(piece);
        return piece;
    }

    @Override
    public String text() {
        return returned.toString();
    }

    @Override
    public void reset() {
        returned.setLength(0);
        finishedLines = "";
        count = 0;
    }
}
