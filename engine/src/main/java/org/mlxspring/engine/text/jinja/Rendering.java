package org.mlxspring.engine.text.jinja;

import java.util.List;

/**
 * A rendered template.
 *
 * @param text all of it
 * @param generated where the text of each {@code generation} tag stands, in the order of the text
 * @param unplacedLine line of a {@code generation} tag that was rendered, but whose place is not known; 0 without one
 */
public record Rendering(String text, List<Part> generated, int unplacedLine) {

    public Rendering {
        generated = List.copyOf(generated);
    }

    /**
     * A part of the text, in UTF-16 units as {@link String} counts.
     *
     * @param start its first
     * @param end after its last
     */
    public record Part(int start, int end) {}
}
