package org.mlxspring.engine.text;

import java.util.List;

/**
 * A conversation as text, with what the assistant says in it, where the chat template marks that with
 * {@code generation} tags.
 *
 * @param text the whole conversation
 * @param generated the marked parts in UTF-16 units, in their order, none empty; what ends a turn is in them where the
 *     template puts it there
 */
public record MarkedText(String text, List<Span> generated) {

    public MarkedText {
        generated = List.copyOf(generated);
    }
}
