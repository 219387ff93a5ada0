package org.mlxspring.engine.text.bpe;

import java.util.List;

/** Cuts a text into what a pattern matches and, between that, what it does not. */
final class PatternSplitter implements Splitter {

    /** The pattern of GPT-2, which {@code ByteLevel} brings itself. */
    static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private final List<Matcher> alternatives;
    /** For each ASCII character the alternatives that may begin with it, in their order. */
    private final Matcher[][] beginning = new Matcher[128][];

    private final Matcher[] all;
    private final Kept kept;

    /** What becomes a piece; all else falls away. */
    enum Kept {
        ALL,
        MATCHES,
        GAPS
    }

    PatternSplitter(String pattern, Kept kept) throws UnsupportedTokenizerException {
        this.alternatives = PatternParser.parseAlternatives(pattern);
        this.all = alternatives.toArray(Matcher[]::new);
        for (char c = 0; c < beginning.length; c++) {
            char first = c;
            beginning[c] =
                    alternatives.stream().filter(each -> mayBegin(each, first)).toArray(Matcher[]::new);
        }
        this.kept = kept;
    }

    private static boolean mayBegin(Matcher matcher, char c) {
        return switch (matcher) {
            case Matcher.Found _ -> true;
            case Matcher.Repeated(CharSet set, int least, int _, Matcher next) ->
                set.has(c) || least == 0 && mayBegin(next, c);
            case Matcher.FirstOf(List<Matcher> choices) -> choices.stream().anyMatch(each -> mayBegin(each, c));
            case Matcher.NotBefore(Matcher _, Matcher next) -> mayBegin(next, c);
        };
    }

    @Override
    public void split(char[] text, int start, int end, PieceSink sink) {
        int from = start;
        int i = start;
        while (i < end) {
            int found = match(text, i, end);
            if (found < 0) {
                i += Character.charCount(Matcher.codePoint(text, i, end));
                continue;
            }
            if (from < i && kept != Kept.MATCHES) {
                sink.piece(text, from, i);
            }
            if (kept != Kept.GAPS) {
                sink.piece(text, i, found);
            }
            i = found;
            from = found;
        }
        if (from < end && kept != Kept.MATCHES) {
            sink.piece(text, from, end);
        }
    }

    private int match(char[] text, int at, int end) {
        char first = text[at];
        for (Matcher each : first < beginning.length ? beginning[first] : all) {
            int found = each.match(text, at, end);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }
}
