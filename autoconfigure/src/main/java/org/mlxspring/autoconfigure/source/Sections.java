package org.mlxspring.autoconfigure.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cuts a long document where its sections end: Markdown before headings, then both kinds at blank lines, and where a
 * paragraph alone is too long, at the last white space. What fits together stays together.
 */
final class Sections {

    /** Most characters of a piece: about 1,500 tokens, so that it fits a row of 2,048. */
    static final int LONGEST = 6_000;

    private static final Pattern HEADINGS = Pattern.compile("(?m)(?=^#{1,6} )");
    private static final Pattern PARAGRAPHS = Pattern.compile("(?<=\n)(?=[ \t]*\n)");

    private Sections() {}

    /** The pieces of a document, in order, without white space around them; none for a blank one. */
    static List<String> of(String document, boolean markdown) {
        String text = document.replace("\r\n", "\n").replace('\r', '\n');
        if (text.length() <= LONGEST) {
            return text.isBlank() ? List.of() : List.of(text.strip());
        }
        Stream<String> parts = markdown ? HEADINGS.splitAsStream(text) : Stream.of(text);
        List<String> fitting = parts.flatMap(section ->
                        section.length() <= LONGEST ? Stream.of(section) : PARAGRAPHS.splitAsStream(section))
                .flatMap(paragraph -> cut(paragraph).stream())
                .toList();
        return joined(fitting);
    }

    private static List<String> joined(List<String> parts) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (String part : parts) {
            if (piece.length() + part.length() > LONGEST) {
                add(pieces, piece);
            }
            piece.append(part);
        }
        add(pieces, piece);
        return pieces;
    }

    private static void add(List<String> pieces, StringBuilder piece) {
        String text = piece.toString().strip();
        if (!text.isEmpty()) {
            pieces.add(text);
        }
        piece.setLength(0);
    }

    private static List<String> cut(String paragraph) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (paragraph.length() - from > LONGEST) {
            int to = from + LONGEST;
            while (to > from && !Character.isWhitespace(paragraph.charAt(to - 1))) {
                to--;
            }
            if (to == from) {
                to = from + LONGEST;
                to -= Character.isHighSurrogate(paragraph.charAt(to - 1)) ? 1 : 0;
            }
            pieces.add(paragraph.substring(from, to));
            from = to;
        }
        pieces.add(paragraph.substring(from));
        return pieces;
    }
}
