package org.mlxspring.engine.text.bpe;

import java.util.List;

/** A step that cuts a text into pieces, across which nothing is merged. */
sealed interface Splitter permits PatternSplitter, Splitter.Digits, Splitter.Steps {

    /** Hands over the pieces of a part of a text; what stands outside the part is not looked at. */
    void split(char[] text, int start, int end, PieceSink sink);

    /**
     * Numbers apart from everything else.
     *
     * @param each whether each digit is a piece of its own
     */
    record Digits(boolean each) implements Splitter {

        private static final CharSet NUMBERS =
                CharSet.ofTypes(Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER);

        @Override
        public void split(char[] text, int start, int end, PieceSink sink) {
            int from = start;
            boolean inNumber = false;
            int i = start;
            while (i < end) {
                int c = Matcher.codePoint(text, i, end);
                boolean number = NUMBERS.has(c);
                if (i > from && (number != inNumber || number && each)) {
                    sink.piece(text, from, i);
                    from = i;
                }
                inNumber = number;
                i += Character.charCount(c);
            }
            if (from < end) {
                sink.piece(text, from, end);
            }
        }
    }

    /** Several steps, each of which cuts the pieces of the one before; none at all leaves the text whole. */
    record Steps(List<Splitter> steps) implements Splitter {

        @Override
        public void split(char[] text, int start, int end, PieceSink sink) {
            from(0, text, start, end, sink);
        }

        private void from(int step, char[] text, int start, int end, PieceSink sink) {
            if (step == steps.size()) {
                sink.piece(text, start, end);
            } else {
                steps.get(step).split(text, start, end, (same, from, to) -> from(step + 1, same, from, to, sink));
            }
        }
    }
}
