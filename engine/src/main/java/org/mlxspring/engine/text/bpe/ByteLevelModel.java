package org.mlxspring.engine.text.bpe;

import java.util.Map;

/** Merges the bytes of each piece of a text, as GPT-2 and most models since. */
final class ByteLevelModel implements Model {

    private final Splitter splitter;
    private final Map<String, Integer> vocabulary;
    private final boolean wholeWordsFirst;
    private final MergeTable merges;
    private final int[] idOfByte = new int[256];
    /** Bytes of each token, by its id. */
    private final int[] lengths;

    private final WordCache cache = new WordCache();

    /**
     * @param wholeWordsFirst whether a word that is a token is that token, whatever its merges make of it
     */
    ByteLevelModel(Splitter splitter, Map<String, Integer> vocabulary, MergeTable merges, boolean wholeWordsFirst)
            throws UnsupportedTokenizerException {
        this.splitter = splitter;
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.wholeWordsFirst = wholeWordsFirst;
        for (int b = 0; b < idOfByte.length; b++) {
            Integer id = vocabulary.get(String.valueOf(ByteAlphabet.of(b)));
            if (id == null) {
                throw new UnsupportedTokenizerException("a vocabulary without the byte " + b);
            }
            idOfByte[b] = id;
        }
        this.lengths = lengths(vocabulary);
    }

    private static int[] lengths(Map<String, Integer> vocabulary) {
        int last =
                vocabulary.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        int[] lengths = new int[last + 1];
        vocabulary.forEach((token, id) -> lengths[id] = token.length());
        return lengths;
    }

    @Override
    public void encode(char[] text, int start, int end, WordSink sink) {
        splitter.split(text, start, end, (same, from, to) -> sink.word(word(same, from, to), from, to));
    }

    private int[] word(char[] text, int start, int end) {
        int[] known = cache.find(text, start, end);
        if (known.length > 0) {
            return known;
        }
        int[] ids = merged(text, start, end);
        cache.put(text, start, end, ids);
        return ids;
    }

    private int[] merged(char[] text, int start, int end) {
        int count = 0;
        for (int i = start; i < end; ) {
            int c = Matcher.codePoint(text, i, end);
            count += Utf8.length(c);
            i += Character.charCount(c);
        }
        byte[] bytes = new byte[count];
        int done = 0;
        for (int i = start; i < end; ) {
            int c = Matcher.codePoint(text, i, end);
            for (int b = 0; b < Utf8.length(c); b++) {
                bytes[done++] = (byte) Utf8.byteAt(c, b);
            }
            i += Character.charCount(c);
        }
        Integer whole = wholeWordsFirst ? vocabulary.get(ByteAlphabet.of(bytes)) : null;
        if (whole != null) {
            return new int[] {whole};
        }
        int[] symbols = new int[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = idOfByte[bytes[i] & 0xff];
        }
        return WordMerger.merge(merges, symbols);
    }

    /** Hands over which characters of a text each token of one of its words holds. */
    void places(char[] text, int start, int end, int[] ids, PlacedSink sink) {
        int at = start;
        int inside = 0;
        for (int id : ids) {
            int first = at;
            int last = at;
            for (int left = lengths[id]; left > 0; left--) {
                int c = Matcher.codePoint(text, at, end);
                last = at + Character.charCount(c);
                if (++inside == Utf8.length(c)) {
                    at = last;
                    inside = 0;
                }
            }
            sink.put(id, first, last);
        }
    }
}
