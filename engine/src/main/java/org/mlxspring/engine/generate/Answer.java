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
    private boolean ended;

    Answer(int promptTokens, Set<Integer> ends, IntPredicate onToken) {
        this.promptTokens = promptTokens;
        this.ends = ends;
        this.onToken = onToken;
    }

    /** Whether the text goes on after this token. */
    boolean add(int token) {
        if (firstAt == 0) {
            firstAt = System.nanoTime();
        }
        if (ends.contains(token)) {
            ended = true;
            return false;
        }
        tokens.add(token);
        return onToken.test(token);
    }

    Generation done() {
        long now = System.nanoTime();
        return new Generation(
                tokens.stream().mapToInt(Integer::intValue).toArray(),
                ended,
                promptTokens,
                (firstAt - start) / 1e9,
                (now - firstAt) / 1e9);
    }
}
