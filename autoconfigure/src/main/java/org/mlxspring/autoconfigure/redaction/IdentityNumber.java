package org.mlxspring.autoconfigure.redaction;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One kind of number that a state gives to a person.
 *
 * @param type such as PL_PESEL, the country first
 * @param clear shapes that say by themselves what they are
 * @param weak shapes that other numbers have, too; they need a word of context
 * @param valid the rules of the number and its check digits, given its letters and digits without what is between them
 * @param words its names in the country's languages
 */
record IdentityNumber(String type, List<Shape> clear, List<Shape> weak, Predicate<String> valid, ContextWords words) {

    /**
     * @param clear shapes, separated by a bar; may be empty
     * @param weak the same
     */
    static IdentityNumber of(String type, String clear, String weak, Predicate<String> valid, String... words) {
        return new IdentityNumber(type, shapes(clear), shapes(weak), valid, ContextWords.of(words));
    }

    boolean isValid(String written) {
        return valid.test(Chars.lettersAndDigits(written).toUpperCase(Locale.ROOT));
    }

    /** Whether there are such a month and day in some year. */
    static boolean isDay(int month, int day) {
        int last =
                switch (month) {
                    case 2 -> 29;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return month >= 1 && month <= 12 && day >= 1 && day <= last;
    }

    /** Two digits of the value as a number. */
    static int two(String value, int at) {
        return 10 * CheckDigits.digit(value, at) + CheckDigits.digit(value, at + 1);
    }

    private static List<Shape> shapes(String shapes) {
        return Stream.of(shapes.split("\\|"))
                .filter(shape -> !shape.isEmpty())
                .map(Shape::new)
                .toList();
    }
}
