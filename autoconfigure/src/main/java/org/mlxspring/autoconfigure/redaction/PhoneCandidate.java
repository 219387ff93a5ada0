package org.mlxspring.autoconfigure.redaction;

import java.util.regex.Pattern;

/**
 * Groups of digits that may be a telephone number, by how they are written.
 *
 * @param groups the groups of its text
 * @param first its first group
 * @param last its last group
 */
record PhoneCandidate(DigitGroups groups, int first, int last) {

    /** Groups of three after a shorter one or another of three, such as {@code 1.250.000}. */
    private static final Pattern AMOUNT = Pattern.compile("[123]([ .]3)+");

    /** Where it begins, its sign and bracket with it. */
    int start() {
        return groups.startOf(first);
    }

    String digits() {
        return groups.digits(first, last);
    }

    boolean isOneGroup() {
        return first == last;
    }

    boolean hasPlus() {
        return groups.text().charAt(start()) == '+';
    }

    /** Whether no letter or digit stands right before it. */
    boolean standsAlone() {
        return Chars.startsWord(groups.text(), start());
    }

    /** Digits of an international number without the (0) that is dialed inside the country only. */
    String digitsWithoutTrunk() {
        StringBuilder digits = new StringBuilder();
        for (int i = first; i <= last; i++) {
            int group = groups.groups().get(i).start();
            boolean trunk = i > first
                    && Chars.is(groups.text(), group - 1, '(')
                    && groups.text().startsWith("0)", group);
            digits.append(trunk ? "" : groups.digits(i, i));
        }
        return digits.toString();
    }

    /** Grouped as in North America: an area code that begins with 2 to 9, then three and four digits. */
    boolean isAmerican() {
        String form = groups.form(first, last);
        String digits = digits();
        return switch (form) {
            case "3-3-4", "3.3.4" -> digits.charAt(0) > '1';
            case "3) 3-4", "3)3-4", "3) 3 4", "3) 3.4" ->
                digits.charAt(0) > '1' && groups.text().charAt(start()) == '(';
            case "1-3-3-4", "1 3-3-4", "1 (3) 3-4", "1-3.3.4", "1.3.3.4" ->
                digits.charAt(0) == '1' && digits.charAt(1) > '1';
            default -> false;
        };
    }

    /** Grouped as numbers with a trunk 0 are, and not the end of a longer row of groups. */
    boolean isGroupedWithTrunk() {
        String form = groups.form(first, last);
        boolean pairs = form.equals("2.2.2.2.2");
        return groups.groups().get(first).length() > 1 && (form.indexOf('.') < 0 || pairs) && !followsDigits();
    }

    boolean isAmount() {
        return AMOUNT.matcher(groups.form(first, last)).matches()
                && groups.digits(first, first).charAt(0) != '0';
    }

    /** Year, month and day in any of the usual orders, and whatever time follows. */
    boolean isDate() {
        if (last - first < 2) {
            return false;
        }
        String sign = groups.divider(first);
        if (sign.length() != 1 || !sign.equals(groups.divider(first + 1)) || "-./ ".indexOf(sign.charAt(0)) < 0) {
            return false;
        }
        String one = groups.digits(first, first);
        String two = groups.digits(first + 1, first + 1);
        String three = groups.digits(first + 2, first + 2);
        if (one.length() > 4 || two.length() > 2 || three.length() > 4) {
            return false;
        }
        int left = Integer.parseInt(one);
        int middle = Integer.parseInt(two);
        int right = Integer.parseInt(three);
        boolean yearFirst =
                one.length() == 4 && three.length() < 3 && left >= 1000 && left < 2100 && middle <= 12 && right <= 31;
        boolean yearLast =
                three.length() == 4 && one.length() < 3 && left <= 31 && middle <= 31 && Math.min(left, middle) <= 12;
        return yearFirst || yearLast;
    }

    private boolean followsDigits() {
        int start = start();
        return start > 1
                && Chars.space(groups.text().charAt(start - 1))
                && Chars.digit(groups.text().charAt(start - 2));
    }
}
