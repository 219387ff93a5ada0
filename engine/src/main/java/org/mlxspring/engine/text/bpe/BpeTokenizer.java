package org.mlxspring.engine.text.bpe;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tokenizer by byte pair encoding that gives the ids of Hugging Face's tokenizers library. Safe for several threads;
 * words met before are remembered, so that most of a text is looked up.
 */
public final class BpeTokenizer {

    private final Model model;
    private final boolean composes;
    private final AddedTokens added;
    private final AddedTokens addedAfter;
    private final int[] before;
    private final int[] behind;
    private final boolean trims;

    /**
     * @param composes whether text is brought into Unicode's form NFC first
     * @param added tokens that are looked for first
     * @param addedAfter tokens that are looked for in what is between those
     * @param before ids put before a text with special tokens
     * @param behind ids put behind it
     * @param trims whether the places of tokens leave out white space at their ends
     */
    BpeTokenizer(
            Model model,
            boolean composes,
            AddedTokens added,
            AddedTokens addedAfter,
            int[] before,
            int[] behind,
            boolean trims) {
        this.model = model;
        this.composes = composes;
        this.added = added;
        this.addedAfter = addedAfter;
        this.before = before;
        this.behind = behind;
        this.trims = trims;
    }

    /** The tokenizer of a {@code tokenizer.json}, where all of it is known here. */
    public static Optional<BpeTokenizer> of(byte[] tokenizerJson) {
        try {
            return Optional.of(BpeReader.read(TokenizerFile.read(tokenizerJson)));
        } catch (UnsupportedTokenizerException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether this tokenizer is certain of a text's tokens. It is not where the text has characters that are newer than
     * the Unicode version of one of the two, or where it would have to be normalized.
     */
    public boolean isCertainOf(String text) {
        return !UncertainCharacters.in(text) && (!composes || isComposed(text));
    }

    private static boolean isComposed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) {
                return Normalizer.isNormalized(text, Normalizer.Form.NFC);
            }
        }
        return true;
    }

    /**
     * Token ids of a text that this tokenizer is certain of.
     *
     * @param addSpecialTokens whether to add what stands around a text
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        char[] characters = text.toCharArray();
        var ids = new IdList(characters.length);
        if (addSpecialTokens) {
            ids.addAll(before);
        }
        encode(characters, 0, characters.length, ids);
        if (addSpecialTokens) {
            ids.addAll(behind);
        }
        return ids.toArray();
    }

    /**
     * Encodes a text and counts the tokens that its beginning has when it stands alone. What both have in common, up to
     * the last added token in the beginning, is tokenized once.
     *
     * @param text one that this tokenizer is certain of
     * @param length UTF-16 units of the beginning
     * @return the ids, as {@link #encode} without special tokens gives them, and behind them the count
     */
    public BegunIds encode(String text, int length) {
        char[] characters = text.toCharArray();
        var ids = new IdList(characters.length);
        var shared = new SharedBeginning(ids, length);
        encode(characters, 0, characters.length, shared);
        var rest = new IdList(16);
        encode(characters, shared.end(), length, rest);
        return new BegunIds(ids.toArray(), shared.tokens() + rest.size());
    }

    /**
     * Ids of a text.
     *
     * @param ids all of them
     * @param beginning how many tokens the text's beginning has alone
     */
    public record BegunIds(int[] ids, int beginning) {}

    /**
     * Ids of a text that this tokenizer is certain of, without special tokens, and the UTF-16 units that each holds; empty
     * where the tokenizer puts marks for spaces, as what the library says of their places is not followed here.
     */
    public Optional<PlacedIds> encodePlaced(String text) {
        if (!(model instanceof ByteLevelModel bytes)) {
            return Optional.empty();
        }
        char[] characters = text.toCharArray();
        var placed = new PlacedSink(characters, bytes, trims);
        encode(characters, 0, characters.length, placed);
        return Optional.of(placed.ids());
    }

    /**
     * Ids of a text and their places.
     *
     * @param ids of the tokens
     * @param starts for each the first UTF-16 unit of the text that it holds
     * @param ends for each the unit after the last
     */
    public record PlacedIds(int[] ids, int[] starts, int[] ends) {}

    private void encode(char[] text, int start, int end, WordSink sink) {
        int from = start;
        while (from < end) {
            AddedTokens.Match match = added.next(text, from, end);
            between(text, from, match.start(), sink);
            if (match.token().id() >= 0) {
                sink.added(match.token().id(), match.start(), match.end());
            }
            from = match.end();
        }
    }

    private void between(char[] text, int start, int end, WordSink sink) {
        int from = start;
        while (from < end) {
            AddedTokens.Match match = addedAfter.next(text, from, end);
            if (from < match.start()) {
                model.encode(text, from, match.start(), sink);
            }
            if (match.token().id() >= 0) {
                sink.added(match.token().id(), match.start(), match.end());
            }
            from = match.end();
        }
    }

    /** Ids as they come. */
    private static final class IdList implements WordSink {

        private int[] ids;
        private int size;

        IdList(int characters) {
            ids = new int[characters / 3 + 16];
        }

        void addAll(int[] more) {
            if (size + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(2 * ids.length, size + more.length));
            }
            if (more.length == 1) {
                ids[size++] = more[0];
                return;
            }
            System.arraycopy(more, 0, ids, size, more.length);
            size += more.length;
        }

        @Override
        public void word(int[] word, int start, int end) {
            addAll(word);
        }

        @Override
        public void added(int id, int start, int end) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * ids.length);
            }
            ids[size++] = id;
        }

        int size() {
            return size;
        }

        int[] toArray() {
            return Arrays.copyOf(ids, size);
        }
    }

    /** Remembers where the last added token within the beginning of a text ends. */
    private static final class SharedBeginning implements WordSink {

        private final IdList ids;
        private final int length;
        private int end;
        private int tokens;

        SharedBeginning(IdList ids, int length) {
            this.ids = ids;
            this.length = length;
        }

        @Override
        public void word(int[] word, int from, int to) {
            ids.word(word, from, to);
        }

        @Override
        public void added(int id, int from, int to) {
            ids.added(id, from, to);
            if (to <= length) {
                end = to;
                tokens = ids.size();
            }
        }

        int end() {
            return end;
        }

        int tokens() {
            return tokens;
        }
    }
}
