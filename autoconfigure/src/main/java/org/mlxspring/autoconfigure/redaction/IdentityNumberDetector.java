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

    private static final int FEWEST_DIGITS = 5;
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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((Chars.digit(c) || Chars.latin(c)) && Chars.startsWord(text, i)) {
                for (IdentityNumber number : NUMBERS) {
                    find(number, text, i, sure, likely);
                }
            }
        }
        sure.addAll(likely);
        return sure;
    }

    /** Findings with the number's own name nearby win over those without. */
    private static void find(IdentityNumber number, String text, int start, List<Finding> sure, List<Finding> likely) {
        for (Shape shape : number.clear()) {
            int end = shape.end(text, start);
            if (end > 0 && number.isValid(text.substring(start, end))) {
                Finding finding = new Finding(number.type(), start, end);
                if (number.words().near(text, start, end)) {
                    sure.add(finding);
                } else if (!OtherNumbers.areNamedBefore(text, start)) {
                    likely.add(finding);
                }
                return;
            }
        }
        for (Shape shape : number.weak()) {
            int end = shape.end(text, start);
            if (end > 0 && number.isValid(text.substring(start, end))) {
                if (number.words().near(text, start, end)) {
                    sure.add(new Finding(number.type(), start, end));
                } else if (ANY.near(text, start, end)) {
                    likely.add(new Finding(number.type(), start, end));
                }
                return;
            }
        }
    }

    private static boolean hasDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < FEWEST_DIGITS; i++) {
            digits += Chars.digit(text.charAt(i)) ? 1 : 0;
        }
        return digits == FEWEST_DIGITS;
    }
}
