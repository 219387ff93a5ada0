package org.mlxspring.engine.text;

import java.util.List;

/**
 * A {@link MarkedText} as token ids.
 *
 * @param ids of the whole conversation
 * @param generated the tokens that hold a character of a marked part, in their order; two spans never meet
 */
public record MarkedTokens(int[] ids, List<Span> generated) {

    public MarkedTokens {
        generated = List.copyOf(generated);
    }
}
