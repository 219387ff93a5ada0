package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups of digits with what numbers are divided by between them: spaces, hyphens, dots, slashes, brackets, up to three in
 * a row. {@code +49 (0)30 123-45} are the groups 49, 0, 30, 123 and 45.
 *
 * @param text where they stand
 * @param groups where each begins and ends; the sign or bracket before the first is not in it
 * @param start where the first begins, with its plus sign or bracket
 */
record DigitGroups(String text, List<Group> groups, int start) {

    private static final String DIVIDERS = " \u00A0\u202F\u2009-.\u2010\u2011\u2013/()";
    private static final int LONGEST_DIVIDER = 3;
    /** More digits than a telephone number has, whatever they are. */
    private static final int MOST = 64;

    record Group(int start, int end) {

        int length() {
            return end - start;
        }
    }

    /** Reads the groups from a digit on that no letter, digit, or decimal point stands before. */
    static DigitGroups at(String text, int digit) {
        List<Group> groups = new ArrayList<>();
        int i = digit;
        while (groups.size() < MOST) {
            int from = i;
            while (i < text.length() && Chars.digit(text.charAt(i))) {
                i++;
            }
            groups.add(new Group(from, i));
            int next = i;
            while (next < text.length() && next - i < LONGEST_DIVIDER && DIVIDERS.indexOf(text.charAt(next)) >= 0) {
                next++;
            }
            if (next == i || !Chars.digitAt(text, next)) {
                break;
            }
            i = next;
        }
        int start = digit;
        if (Chars.is(text, start - 1, '(')) {
            start--;
        }
        if (Chars.is(text, start - 1, '+')) {
            start--;
        }
        return new DigitGroups(text, groups, start);
    }

    int end() {
        return groups.getLast().end();
    }

    /** Where a candidate that begins with this group begins, its sign and bracket with it. */
    int startOf(int group) {
        int at = groups.get(group).start();
        if (group == 0) {
            return start;
        }
        return Chars.is(text, at - 1, '(') ? at - 1 : at;
    }

    /** The digits of the groups from one to another, inclusive. */
    String digits(int first, int last) {
        StringBuilder digits = new StringBuilder();
        for (Group group : groups.subList(first, last + 1)) {
            digits.append(text, group.start(), group.end());
        }
        return digits.toString();
    }

    /** What stands between a group and the next. */
    String divider(int group) {
        return text.substring(groups.get(group).end(), groups.get(group + 1).start());
    }

    /** The lengths of the groups with what is between, such as {@code 3-3-4}. */
    String form(int first, int last) {
        StringBuilder form = new StringBuilder();
        for (int i = first; i <= last; i++) {
            form.append(groups.get(i).length());
            if (i < last) {
                form.append(
                        divider(i).replace('\u00A0', ' ').replace('\u202F', ' ').replace('\u2009', ' '));
            }
        }
        return form.toString();
    }
}
