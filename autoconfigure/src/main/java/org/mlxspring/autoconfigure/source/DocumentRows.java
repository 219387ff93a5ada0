package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plain text or Markdown document as rows of the format {@code text}: one, or for a long document one for each group
 * of its sections, see {@link Sections}.
 */
final class DocumentRows implements RawRows {

    private static final int LARGEST = 16_000_000;

    private final String part;
    private final InputStream in;
    private final boolean markdown;
    private Optional<Iterator<String>> pieces = Optional.empty();
    private long number;

    /** @param in what was found by {@link TextEncoding#utf8} to be UTF-8; closed with these rows */
    DocumentRows(String part, InputStream in, boolean markdown) {
        this.part = part;
        this.in = in;
        this.markdown = markdown;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        number++;
        Place place = new Place(part, number);
        if (pieces.isEmpty()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            pieces = Optional.of(List.<String>of().iterator());
            if (bytes.length > LARGEST) {
                while (in.skip(1 << 20) > 0) {}
                return refused(place, "is larger than " + LARGEST + " bytes; cut it into several documents");
            }
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                pieces = Optional.of(Sections.of(text, markdown).iterator());
            } catch (CharacterCodingException e) {
                return refused(place, "is not UTF-8; save it in the encoding UTF-8");
            }
        }
        Iterator<String> rest = pieces.get();
        return rest.hasNext()
                ? Optional.of(new RawRow.Fields(place, Map.of("text", rest.next()), RowMarks.NONE))
                : Optional.empty();
    }

    private static Optional<RawRow> refused(Place place, String reason) {
        return Optional.of(new RawRow.Unreadable(place, reason, new byte[0]));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
