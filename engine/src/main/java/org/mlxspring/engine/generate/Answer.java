package org.mlxspring.engine.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** The answer to one prompt as it grows. */
final class Answer {

    private final Set<Integer> ends;
    private final IntPredicate onToken;
    private final int promptTokens;
    private final List<Integer> tokens = new ArrayList<>();
    private final long start = System.nanoTime();
    private long firstAt;
    private long lastAt;
    private boolean ended;
    private boolean open = true;

    Answer(int promptTokens, Set<Integer> ends, IntPredicate onToken) {
        this.promptTokens = promptTokens;
        this.ends = ends;
        this.onToken = onToken;
    }

    /**
     * Adds a token unless the text is over.
     *
     * @return whether it goes on after this token
     */
    boolean add(int token) {
        if (open) {
            if (firstAt == 0) {
                firstAt = System.nanoTime();
            }
            ended = ends.contains(token);
            if (!ended) {
                tokens.add(token);
            }
            open = !ended && onToken.test(token);
            lastAt = System.nanoTime();
        }
        return open;
    }

    /** Whether the text goes on. */
    boolean isOpen() {
        return open;
    }

    Generation done() {
        return new Generation(
                tokens.stream().mapToInt(Integer::intValue).toArray(),
                ended,
                promptTokens,
                (firstAt - start) / 1e9,
                (lastAt - firstAt) / 1e9);
    }
}
