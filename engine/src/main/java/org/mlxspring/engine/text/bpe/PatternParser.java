package org.mlxspring.engine.text.bpe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads the regular expressions by which tokenizers split text: alternatives, groups, sets of characters, greedy
 * repetitions of a single character and the refusal of what follows. The syntax is Oniguruma's.
 */
final class PatternParser {

    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final Map<String, CharSet> PROPERTIES = Map.ofEntries(
            Map.entry(
                    "L",
                    CharSet.ofTypes(
                            Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.TITLECASE_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.OTHER_LETTER)),
            Map.entry("Lu", CharSet.ofTypes(Character.UPPERCASE_LETTER)),
            Map.entry("Ll", CharSet.ofTypes(Character.LOWERCASE_LETTER)),
            Map.entry("Lt", CharSet.ofTypes(Character.TITLECASE_LETTER)),
            Map.entry("Lm", CharSet.ofTypes(Character.MODIFIER_LETTER)),
            Map.entry("Lo", CharSet.ofTypes(Character.OTHER_LETTER)),
            Map.entry(
                    "M",
                    CharSet.ofTypes(
                            Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK)),
            Map.entry(
                    "N",
                    CharSet.ofTypes(Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER)),
            Map.entry("Nd", CharSet.ofTypes(Character.DECIMAL_DIGIT_NUMBER)),
            Map.entry(
                    "P",
                    CharSet.ofTypes(
                            Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION)),
            Map.entry(
                    "S",
                    CharSet.ofTypes(
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.OTHER_SYMBOL)));

    /** Something read, which becomes a matcher when it is known what follows it. */
    private interface Part extends UnaryOperator<Matcher> {}

    private final String source;
    private int at;
    private boolean ignoresCase;

    private PatternParser(String source) {
        this.source = source;
    }

    /**
     * Reads a pattern that never matches nothing.
     *
     * @throws UnsupportedTokenizerException when it has something that is not known here
     */
    static Matcher parse(String source) throws UnsupportedTokenizerException {
        var parser = new PatternParser(source);
        Matcher matcher = parser.alternatives().apply(new Matcher.Found());
        if (parser.at < source.length() || matcher.match(new char[0], 0, 0) >= 0) {
            throw parser.unsupported();
        }
        return matcher;
    }

    /** The alternatives of a whole pattern, each by itself. */
    static List<Matcher> parseAlternatives(String source) throws UnsupportedTokenizerException {
        Matcher whole = parse(source);
        return whole instanceof Matcher.FirstOf(List<Matcher> choices) ? choices : List.of(whole);
    }

    private UnsupportedTokenizerException unsupported() {
        return new UnsupportedTokenizerException("the pattern " + source + " at its character " + (at + 1));
    }

    private boolean skip(String wanted) {
        boolean there = source.startsWith(wanted, at);
        at += there ? wanted.length() : 0;
        return there;
    }

    private char next() throws UnsupportedTokenizerException {
        if (at == source.length()) {
            throw unsupported();
        }
        return source.charAt(at++);
    }

    private Part alternatives() throws UnsupportedTokenizerException {
        List<Part> choices = new ArrayList<>();
        do {
            choices.add(sequence());
        } while (skip("|"));
        if (choices.size() == 1) {
            return choices.getFirst();
        }
        return next -> new Matcher.FirstOf(
                choices.stream().map(choice -> choice.apply(next)).toList());
    }

    private Part sequence() throws UnsupportedTokenizerException {
        List<Part> parts = new ArrayList<>();
        while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
            parts.add(part());
        }
        return next -> {
            Matcher all = next;
            for (Part part : parts.reversed()) {
                all = part.apply(all);
            }
            return all;
        };
    }

    private Part part() throws UnsupportedTokenizerException {
        if (skip("(?!")) {
            Part refused = alternatives();
            close();
            return next -> new Matcher.NotBefore(refused.apply(new Matcher.Found()), next);
        }
        if (source.charAt(at) == '(') {
            return group();
        }
        return repeated(set());
    }

    private void close() throws UnsupportedTokenizerException {
        if (!skip(")")) {
            throw unsupported();
        }
    }

    private Part group() throws UnsupportedTokenizerException {
        boolean before = ignoresCase;
        if (skip("(?i:")) {
            ignoresCase = true;
        } else if (!skip("(?:")) {
            throw unsupported();
        }
        Part body = alternatives();
        close();
        ignoresCase = before;
        boolean optional = skip("?");
        requireNoFurtherRepetition();
        return optional ? next -> new Matcher.FirstOf(List.of(body.apply(next), next)) : body;
    }

    private Part repeated(CharSet set) throws UnsupportedTokenizerException {
        int least = 1;
        int most = 1;
        if (skip("?")) {
            least = 0;
        } else if (skip("*")) {
            least = 0;
            most = UNLIMITED;
        } else if (skip("+")) {
            most = UNLIMITED;
        } else if (skip("{")) {
            least = number();
            most = skip(",") ? number() : least;
            if (!skip("}") || most < least) {
                throw unsupported();
            }
        }
        requireNoFurtherRepetition();
        int from = least;
        int to = most;
        return next -> new Matcher.Repeated(set, from, to, next);
    }

    private int number() throws UnsupportedTokenizerException {
        int start = at;
        while (at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9' && at - start < 4) {
            at++;
        }
        if (start == at) {
            throw unsupported();
        }
        return Integer.parseInt(source.substring(start, at));
    }

    /** A second sign would make a repetition possessive or reluctant, or repeat it. */
    private void requireNoFurtherRepetition() throws UnsupportedTokenizerException {
        if (at < source.length() && "?*+{".indexOf(source.charAt(at)) >= 0) {
            throw unsupported();
        }
    }

    private CharSet set() throws UnsupportedTokenizerException {
        char c = next();
        return switch (c) {
            case '[' -> listed();
            case '\\' -> escaped();
            case '.', '^', '$', '*', '+', '?', '{', '}', ')', ']' -> throw unsupported();
            default -> literal(c);
        };
    }

    private CharSet literal(char c) throws UnsupportedTokenizerException {
        CharSet set = CharSet.of(wide(c));
        return ignoresCase ? set.ignoringCase() : set;
    }

    private int wide(char c) throws UnsupportedTokenizerException {
        return Character.isHighSurrogate(c) ? Character.toCodePoint(c, next()) : c;
    }

    private CharSet listed() throws UnsupportedTokenizerException {
        boolean negated = skip("^");
        requireCase(!negated);
        List<CharSet> parts = new ArrayList<>();
        while (!skip("]")) {
            char c = next();
            if (c == '[' || c == '&' && source.startsWith("&", at)) {
                throw unsupported();
            }
            if (c == '\\') {
                CharSet escaped = escaped();
                requireNoRange();
                parts.add(escaped);
                continue;
            }
            if (!source.startsWith("-", at + wideLength(c)) || source.startsWith("-]", at + wideLength(c))) {
                parts.add(literal(c));
                continue;
            }
            requireCase(false);
            int first = wide(c);
            at++;
            char last = next();
            if (last == '\\' || last == '[') {
                throw unsupported();
            }
            parts.add(CharSet.ofRanges(first, wide(last)));
        }
        if (parts.isEmpty()) {
            throw unsupported();
        }
        CharSet all = CharSet.union(parts);
        return negated ? all.complement() : all;
    }

    /** Characters further than the one read that belong to it. */
    private static int wideLength(char c) {
        return Character.isHighSurrogate(c) ? 1 : 0;
    }

    /** Without regard to case only single characters are known. */
    private void requireCase(boolean known) throws UnsupportedTokenizerException {
        if (ignoresCase && !known) {
            throw unsupported();
        }
    }

    private void requireNoRange() throws UnsupportedTokenizerException {
        if (source.startsWith("-", at) && !source.startsWith("-]", at)) {
            throw unsupported();
        }
    }

    private CharSet escaped() throws UnsupportedTokenizerException {
        requireCase(false);
        char c = next();
        return switch (c) {
            case 's' -> CharSet.whiteSpace();
            case 'S' -> CharSet.whiteSpace().complement();
            case 'd' -> property("Nd");
            case 'r' -> CharSet.of('\r');
            case 'n' -> CharSet.of('\n');
            case 't' -> CharSet.of('\t');
            case 'p', 'P' -> {
                int end = source.indexOf('}', at);
                if (!skip("{") || end < 0) {
                    throw unsupported();
                }
                CharSet named = property(source.substring(at, end));
                at = end + 1;
                yield c == 'p' ? named : named.complement();
            }
            default -> {
                if (c >= 128 || Character.isLetterOrDigit(c)) {
                    throw unsupported();
                }
                yield CharSet.of(c);
            }
        };
    }

    private CharSet property(String name) throws UnsupportedTokenizerException {
        CharSet set = PROPERTIES.get(name);
        if (set == null) {
            throw unsupported();
        }
        return set;
    }
}
