package org.mlxspring.autoconfigure.source;

import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.preview.SeenText;

/**
 * The beginning of an upload as it would be stored and learned; nothing of it was stored.
 *
 * @param formats the formats of its first rows: {@code chat}, {@code chat with tools}, {@code prompt and completion},
 *     {@code text}, {@code preference}
 * @param rows its first usable rows, at most 20
 * @param refused rows before the last of these that cannot be used, at most 20
 * @param complete whether these are all rows of what was sent
 */
public record PreviewView(List<String> formats, List<PreviewedRow> rows, List<RefusedRow> refused, boolean complete) {

    /**
     * @param part which part of what was sent; empty where there is only one
     * @param line line of a file or piece of a document, from 1
     * @param format its format
     * @param redacted how many findings of each type were replaced
     * @param texts what the model reads: one text, of a preference two
     */
    public record PreviewedRow(
            String part, long line, String format, Map<String, Integer> redacted, List<SeenText> texts) {}

    /**
     * @param part which part of what was sent; empty where there is only one
     * @param line line of a file or piece of a document, from 1
     * @param reason what is wrong and what would be right
     */
    public record RefusedRow(String part, long line, String reason) {}
}
