package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * National identity, social security and personal tax numbers. A number in a clear shape is one if its rules hold and no
 * word before it says that it counts something else, such as an order; one in a weak shape only with its name, or a word
 * like "national ID", nearby.
 */
final class IdentityNumberDetector implements Detector {

    private static final int FEWEST_DIGITS = 4;
    private static final int MOST_DIGITS = 18;
    /** Words for any of these numbers. */
    private static final ContextWords ANY = ContextWords.of(
            "national id*",
            "identity number",
            "identity card",
            "identity no",
            "id card",
            "id number",
            "id no",
            "personal id*",
            "personal number",
            "identification number",
            "identification no",
            "social security",
            "social insurance",
            "tax id*",
            "tax number",
            "tax no",
            "tax file",
            "taxpayer*",
            "citizen id*",
            "citizen number",
            "national number",
            "nationalid*",
            "taxid*");

    private static final List<IdentityNumber> NUMBERS = Stream.of(
                    AmericanNumbers.ALL,
                    GermanNumbers.ALL,
                    WesternEuropeanNumbers.ALL,
                    NordicNumbers.ALL,
                    EasternEuropeanNumbers.ALL,
                    AsianNumbers.ALL)
            .flatMap(Collection::stream)
            .toList();

    /** The ways in which numbers may be written that begin with so many digits. */
    private static final List<List<Writing>> BY_DIGITS = byDigits();

    /** Of those that begin with a letter, the ones that need no digit at all. */
    private static final List<Writing> WITHOUT_DIGITS = BY_DIGITS.getFirst().stream()
            .filter(writing -> writing.shape().firstDigit().isEmpty())
            .toList();
    /** The furthest place of the first digit in the others. */
    private static final int MOST_LETTERS = BY_DIGITS.getFirst().stream()
            .flatMapToInt(writing -> writing.shape().firstDigit().stream())
            .max()
            .orElse(0);

    /** One way in which a number is written; a clear one says by itself what it is. */
    private record Writing(IdentityNumber number, Shape shape, boolean clear) {}

    @Override
    public Set<String> types() {
        return NUMBERS.stream().map(IdentityNumber::type).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String normalized(String type, String value) {
        return Chars.lettersAndDigits(value);
    }

    @Override
    public List<Finding> find(String before, String text) {
        return hasDigits(text) ? InContext.find(before, text, this::find) : List.of();
    }

    @Override
    public List<Finding> find(String text) {
        if (!hasDigits(text)) {
            return List.of();
        }
        List<Finding> sure = new ArrayList<>();
        List<Finding> likely = new ArrayList<>();
        int i = 0;
        int nextDigit = -1;
        while (i < text.length()) {
            int digits = digits(text, i);
            if (nextDigit < i) {
                nextDigit = nextDigit(text, i);
            }
            if (Chars.startsWord(text, i) && (digits > 0 || Chars.latin(text.charAt(i)))) {
                for (Writing writing : writings(digits, nextDigit - i)) {
                    find(writing, text, i, sure, likely);
                }
            }
            i += Math.max(1, digits);
        }
        sure.addAll(likely);
        return sure;
    }

    private static List<Writing> writings(int digits, int lettersBefore) {
        if (lettersBefore > MOST_LETTERS) {
            return WITHOUT_DIGITS;
        }
        return digits < BY_DIGITS.size() ? BY_DIGITS.get(digits) : List.of();
    }

    /** Findings with the number's own name nearby win over those without. */
    private static void find(Writing writing, String text, int start, List<Finding> sure, List<Finding> likely) {
        int end = writing.shape().end(text, start);
        if (end == 0 || !writing.number().isValid(text.substring(start, end))) {
            return;
        }
        Finding finding = new Finding(writing.number().type(), start, end);
        if (writing.number().words().near(text, start, end)) {
            sure.add(finding);
        } else if (writing.clear() ? OtherNumbers.lastNameBefore(text, start) < 0 : ANY.near(text, start, end)) {
            likely.add(finding);
        }
    }

    /** How many digits stand here. */
    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && Chars.digit(text.charAt(end))) {
            end++;
        }
        return end - at;
    }

    private static int nextDigit(String text, int from) {
        int next = from;
        while (next < text.length() && !Chars.digit(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private static List<List<Writing>> byDigits() {
        List<List<Writing>> byDigits = new ArrayList<>();
        for (int i = 0; i <= MOST_DIGITS; i++) {
            int digits = i;
            byDigits.add(NUMBERS.stream()
                    .flatMap(number -> Stream.concat(
                            number.clear().stream().map(shape -> new Writing(number, shape, true)),
                            number.weak().stream().map(shape -> new Writing(number, shape, false))))
                    .filter(writing -> writing.shape().mayBeginWith(digits))
                    .toList());
        }
        return byDigits;
    }

    private static boolean hasDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < FEWEST_DIGITS; i++) {
            digits += Chars.digit(text.charAt(i)) ? 1 : 0;
        }
        return digits == FEWEST_DIGITS;
    }
}
