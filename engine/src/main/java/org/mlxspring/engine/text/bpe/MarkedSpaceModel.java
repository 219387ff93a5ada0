package org.mlxspring.engine.text.bpe;

import java.util.Arrays;
import java.util.Map;

/**
 * Merges the characters of a text in which a mark stands for each space, as SentencePiece does; a character without a
 * token becomes the tokens of its bytes.
 */
final class MarkedSpaceModel implements Model {

    static final char MARK = '\u2581';

    /** Before which texts a mark is put. */
    enum Prefix {
        NONE,
        /** Before every part of a text, whatever it begins with. */
        ALWAYS,
        /** Before every part that does not begin with one. */
        UNLESS_THERE,
        /** Before the beginning of the whole text, unless it begins with one. */
        AT_THE_BEGINNING
    }

    private final Prefix prefix;
    private final Map<String, Integer> vocabulary;
    private final MergeTable merges;
    private final Cut cut;
    private final int[] idOfByte = new int[256];
    private final WordCache cache = new WordCache();

    /** Where a text may be cut before it is merged. */
    enum Cut {
        NOWHERE,
        /** Before a mark with something else before it, as no merge goes across that. */
        BEFORE_WORDS,
        /** Before every mark: its tokenizer says so. */
        BEFORE_MARKS
    }

    MarkedSpaceModel(Prefix prefix, Cut cut, Map<String, Integer> vocabulary, MergeTable merges)
            throws UnsupportedTokenizerException {
        this.prefix = prefix;
        this.cut = cut;
        this.vocabulary = vocabulary;
        this.merges = merges;
        for (int b = 0; b < idOfByte.length; b++) {
            Integer id = vocabulary.get(String.format("<0x%02X>", b));
            if (id == null) {
                throw new UnsupportedTokenizerException("a vocabulary without the byte " + b);
            }
            idOfByte[b] = id;
        }
    }

    @Override
    public void encode(char[] text, int start, int end, WordSink sink) {
        boolean marked = text[start] == ' ' || text[start] == MARK;
        boolean prefixed =
                switch (prefix) {
                    case NONE -> false;
                    case ALWAYS -> true;
                    case UNLESS_THERE -> !marked;
                    case AT_THE_BEGINNING -> !marked && start == 0;
                };
        int shift = prefixed ? 1 : 0;
        char[] marks = new char[end - start + shift];
        marks[0] = MARK;
        for (int i = start; i < end; i++) {
            marks[i - start + shift] = text[i] == ' ' ? MARK : text[i];
        }
        int offset = start - shift;
        int from = 0;
        for (int i = 1; i < marks.length; i++) {
            if (marks[i] == MARK && mayCut(marks[i - 1])) {
                sink.word(word(marks, from, i), from + offset, i + offset);
                from = i;
            }
        }
        sink.word(word(marks, from, marks.length), from + offset, end);
    }

    private boolean mayCut(char before) {
        return switch (cut) {
            case NOWHERE -> false;
            case BEFORE_WORDS -> before != MARK;
            case BEFORE_MARKS -> true;
        };
    }

    private int[] word(char[] text, int start, int end) {
        int[] known = cache.find(text, start, end);
        if (known.length > 0) {
            return known;
        }
        int[] ids = WordMerger.merge(merges, symbols(text, start, end));
        cache.put(text, start, end, ids);
        return ids;
    }

    private int[] symbols(char[] text, int start, int end) {
        int[] symbols = new int[end - start];
        int count = 0;
        for (int i = start; i < end; ) {
            int c = Matcher.codePoint(text, i, end);
            Integer id = vocabulary.get(Character.toString(c));
            int needed = id == null ? Utf8.length(c) : 1;
            if (count + needed > symbols.length) {
                symbols = Arrays.copyOf(symbols, 2 * symbols.length + needed);
            }
            if (id != null) {
                symbols[count++] = id;
            } else {
                for (int b = 0; b < needed; b++) {
                    symbols[count++] = idOfByte[Utf8.byteAt(c, b)];
                }
            }
            i += Character.charCount(c);
        }
        return Arrays.copyOf(symbols, count);
    }
}
