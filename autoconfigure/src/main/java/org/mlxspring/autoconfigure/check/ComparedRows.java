package org.mlxspring.autoconfigure.check;

import java.util.Arrays;
import org.mlxspring.engine.data.Split;

/** What comparing all rows of a version needs of each of them: 33 bytes, by the row's number in the order of reading. */
final class ComparedRows {

    private static final Split[] SPLITS = Split.values();

    private long[] ids = new long[1024];
    private byte[] splits = new byte[1024];
    private long[] contents = new long[1024];
    private long[] prompts = new long[1024];
    private long[] answers = new long[1024];
    private int size;

    /**
     * Adds a row; those of the training split come first.
     *
     * @param content keyed hash of the whole row
     * @param prompt keyed hash of what is asked, {@link SameKey#NONE} where nothing is
     * @param answer keyed hash of what is answered
     */
    void add(long id, Split split, long content, long prompt, long answer) {
        if (size == ids.length) {
            int larger = size + (size >> 1);
            ids = Arrays.copyOf(ids, larger);
            splits = Arrays.copyOf(splits, larger);
            contents = Arrays.copyOf(contents, larger);
            prompts = Arrays.copyOf(prompts, larger);
            answers = Arrays.copyOf(answers, larger);
        }
        ids[size] = id;
        splits[size] = (byte) split.ordinal();
        contents[size] = content;
        prompts[size] = prompt;
        answers[size] = answer;
        size++;
    }

    int size() {
        return size;
    }

    long id(int row) {
        return ids[row];
    }

    Split split(int row) {
        return SPLITS[splits[row]];
    }

    /** {@code train}, {@code valid} or {@code test}. */
    String splitName(int row) {
        return split(row).label();
    }

    long content(int row) {
        return contents[row];
    }

    long prompt(int row) {
        return prompts[row];
    }

    long answer(int row) {
        return answers[row];
    }
}
