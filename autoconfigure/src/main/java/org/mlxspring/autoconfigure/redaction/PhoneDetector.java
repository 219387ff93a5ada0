package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Telephone numbers. With a country code (ITU-T E.164, {@code +} or {@code 00}) wherever they stand. National ones if they
 * are grouped as in North America, or begin with a trunk 0 and are grouped or a mobile's, and no other number's name
 * stands before; any other row of 7 to 15 digits only with a word like "call" or "Tel." before it. Dates, decimals and
 * parts of longer numbers are none.
 */
final class PhoneDetector implements Detector {

    static final String TYPE = "PHONE";

    private static final int FEWEST = 7;
    private static final int MOST = 15;
    private static final int MOST_GROUPS = 8;

    private final PhoneNumbers numbers;

    PhoneDetector(PhoneNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public String normalized(String type, String value) {
        return numbers.normalized(value);
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
        List<Finding> findings = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (!Chars.digit(text.charAt(i))) {
                i++;
            } else if (begins(text, i)) {
                DigitGroups groups = DigitGroups.at(text, i);
                find(groups, findings);
                i = groups.end();
            } else {
                while (i < text.length() && Chars.digit(text.charAt(i))) {
                    i++;
                }
            }
        }
        return findings;
    }

    private static boolean hasDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < FEWEST; i++) {
            digits += Chars.digit(text.charAt(i)) ? 1 : 0;
        }
        return digits == FEWEST;
    }

    private static boolean begins(String text, int at) {
        boolean decimal = at > 1 && ".,:-/".indexOf(text.charAt(at - 1)) >= 0 && Chars.word(text.charAt(at - 2));
        boolean label = decimal && ".:".indexOf(text.charAt(at - 1)) >= 0 && Character.isLetter(text.charAt(at - 2));
        return Chars.startsWord(text, at)
                && (!decimal || label)
                && !Chars.is(text, at - 1, '_')
                && !Chars.is(text, at - 1, '$')
                && !Chars.is(text, at - 1, '€')
                && !Chars.is(text, at - 1, '#');
    }

    private void find(DigitGroups groups, List<Finding> findings) {
        int count = groups.groups().size();
        int first = 0;
        while (first < count) {
            boolean mayBegin = first == 0 || groups.divider(first - 1).chars().anyMatch(c -> Chars.space((char) c));
            int last = mayBegin ? last(groups, first) : -1;
            if (last >= 0) {
                findings.add(new Finding(
                        TYPE, groups.startOf(first), groups.groups().get(last).end()));
                first = last + 1;
            } else {
                first++;
            }
        }
    }

    /** The last group of the longest number that begins with this one; -1 if there is none. */
    private int last(DigitGroups groups, int first) {
        int last = first;
        int digits = groups.groups().get(first).length();
        while (last + 1 < groups.groups().size()
                && last + 1 < first + MOST_GROUPS
                && digits + groups.groups().get(last + 1).length() <= MOST + 1) {
            last++;
            digits += groups.groups().get(last).length();
        }
        if (digits < FEWEST) {
            return -1;
        }
        PhoneWords words = PhoneWords.before(groups.text(), groups.startOf(first));
        if (!words.nameAPhone() && !mayBeByItself(groups, first)) {
            return -1;
        }
        for (; last >= first; last--) {
            if (digits >= FEWEST
                    && digits <= MOST + 1
                    && ends(groups, last)
                    && isPhone(new PhoneCandidate(groups, first, last), words)) {
                return last;
            }
            digits -= groups.groups().get(last).length();
        }
        return -1;
    }

    /** A plus sign, a bracket, a zero, or a first group as in North America. */
    private static boolean mayBeByItself(DigitGroups groups, int first) {
        char c = groups.text().charAt(groups.startOf(first));
        int length = groups.groups().get(first).length();
        return c == '+' || c == '(' || c == '0' || length == 3 || c == '1' && length == 1;
    }

    /** No letter at it, no decimals or further groups without a space after it. */
    private static boolean ends(DigitGroups groups, int last) {
        String text = groups.text();
        int end = groups.groups().get(last).end();
        boolean goesOn = last + 1 < groups.groups().size()
                && groups.divider(last).chars().noneMatch(c -> Chars.space((char) c));
        boolean decimal = (Chars.is(text, end, ',') || Chars.is(text, end, ':'))
                && Chars.digitAt(text, end + 1)
                && !Chars.digitAt(text, end + 3);
        return Chars.endsWord(text, end)
                && !goesOn
                && !decimal
                && !Chars.is(text, end, '%')
                && !Chars.is(text, end, '_');
    }

    private boolean isPhone(PhoneCandidate candidate, PhoneWords words) {
        String digits = candidate.digits();
        if (candidate.hasPlus() || digits.startsWith("00")) {
            return candidate.standsAlone() && digits.length() > FEWEST && isInternational(candidate);
        }
        if (digits.length() > MOST || words.nameSomethingElse() || candidate.isDate()) {
            return false;
        }
        return words.labelAPhone(candidate.start()) && !candidate.isAmount()
                || candidate.isAmerican()
                || isTrunkNumber(candidate)
                || words.nameAPhone() && numbers.national(digits).isPresent();
    }

    /** With 00 in place of the plus sign, the number must be one of the country's plan; with it, have one's length. */
    private boolean isInternational(PhoneCandidate candidate) {
        boolean plus = candidate.hasPlus();
        String digits = candidate.digitsWithoutTrunk();
        return numbers.international(plus ? digits : digits.substring(2))
                .filter(number -> plus || numbers.isValid(number))
                .isPresent();
    }

    /** Begins with the 0 that is dialed inside the country, and is a mobile's or grouped as in its plan. */
    private boolean isTrunkNumber(PhoneCandidate candidate) {
        String digits = candidate.digits();
        if (digits.charAt(0) != '0' || digits.length() < 9 || digits.length() > 13) {
            return false;
        }
        if (candidate.isOneGroup()) {
            return digits.length() >= 10 && digits.length() <= 12 && numbers.isTrunkMobile(digits);
        }
        return candidate.isGroupedWithTrunk() && numbers.national(digits).isPresent();
    }
}
