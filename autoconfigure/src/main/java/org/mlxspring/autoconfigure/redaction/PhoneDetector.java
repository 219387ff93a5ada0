package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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
    private static final int WORD_DISTANCE = 40;
    private static final int LABEL_DISTANCE = 16;

    private static final ContextWords WORDS = ContextWords.of(
            "phone*",
            "telephone*",
            "tel",
            "telefon*",
            "telefoon*",
            "téléphone*",
            "telephone",
            "teléfono*",
            "telefono*",
            "telefone*",
            "tfno",
            "tél",
            "telf",
            "tlf",
            "mobile*",
            "mobil*",
            "mob",
            "cell*",
            "cellulare",
            "celular*",
            "móvil",
            "movil",
            "portable",
            "handy*",
            "rufnummer",
            "durchwahl",
            "gsm",
            "fax*",
            "whatsapp",
            "signal",
            "sms",
            "text me",
            "call",
            "call me",
            "calling",
            "called",
            "dial",
            "ring",
            "reach me",
            "hotline",
            "callback",
            "ruf",
            "rufe",
            "rufen",
            "anrufen",
            "angerufen",
            "zurückrufen",
            "rückruf*",
            "erreichen",
            "erreichbar",
            "appeler",
            "appelez",
            "appelle",
            "joindre",
            "joignable",
            "llamar",
            "llame",
            "llámame",
            "llámeme",
            "llama",
            "chiamare",
            "chiamami",
            "ligar",
            "ligue",
            "bellen",
            "bel",
            "gebeld",
            "nummer ist",
            "my number",
            "meine nummer",
            "mon numéro",
            "mi número",
            "mio numero",
            "komórka",
            "komórkowy",
            "zadzwoń",
            "dzwonić",
            "puhelin*",
            "ring meg",
            "ring mig",
            "電話*",
            "电话*",
            "手机*",
            "携帯*",
            "тел",
            "телефон*");

    private static final Pattern AMOUNT = Pattern.compile("[123]([ .]3)+");

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
        Words words = Words.before(groups.text(), groups.startOf(first));
        if (!words.nameAPhone() && !mayBeByItself(groups, first)) {
            return -1;
        }
        for (; last >= first; last--) {
            if (digits >= FEWEST && digits <= MOST + 1 && ends(groups, last) && isPhone(groups, first, last, words)) {
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

    private boolean isPhone(DigitGroups groups, int first, int last, Words words) {
        String text = groups.text();
        int start = groups.startOf(first);
        String digits = groups.digits(first, last);
        boolean plus = text.charAt(start) == '+';
        if (plus || digits.startsWith("00")) {
            boolean alone = start == 0 || !Chars.word(text.charAt(start - 1));
            return alone && digits.length() > FEWEST && isInternational(groups, first, last, plus);
        }
        if (digits.length() > MOST || words.nameSomethingElse() || isDate(groups, first, last)) {
            return false;
        }
        return words.labelAPhone(start) && !isAmount(groups, first, last)
                || isPhoneByItself(groups, first, last, digits)
                || words.nameAPhone() && numbers.national(digits).isPresent();
    }

    /** With 00 in place of the plus sign, the number must be one of the country's plan; with it, have one's length. */
    private boolean isInternational(DigitGroups groups, int first, int last, boolean plus) {
        String digits = withoutTrunk(groups, first, last);
        return numbers.international(plus ? digits : digits.substring(2))
                .filter(number -> plus || numbers.isValid(number))
                .isPresent();
    }

    private boolean isPhoneByItself(DigitGroups groups, int first, int last, String digits) {
        String form = groups.form(first, last);
        boolean bracket = groups.text().charAt(groups.startOf(first)) == '(';
        boolean american =
                switch (form) {
                    case "3-3-4", "3.3.4", "3) 3-4", "3)3-4", "3) 3 4", "3) 3.4" -> digits.charAt(0) > '1';
                    case "1-3-3-4", "1 3-3-4", "1 (3) 3-4", "1-3.3.4", "1.3.3.4" ->
                        digits.charAt(0) == '1' && digits.charAt(1) > '1';
                    default -> false;
                };
        if (american) {
            return bracket || !form.startsWith("3)");
        }
        if (digits.charAt(0) != '0' || digits.length() < 9 || digits.length() > 13) {
            return false;
        }
        if (first == last) {
            return digits.length() >= 10 && digits.length() <= 12 && numbers.isTrunkMobile(digits);
        }
        boolean pairs = form.equals("2.2.2.2.2");
        boolean grouped = groups.groups().get(first).length() > 1 && (form.indexOf('.') < 0 || pairs);
        return grouped && !followsDigits(groups, first) && numbers.national(digits).isPresent();
    }

    /** Digits of an international number without the (0) that is dialed inside the country only. */
    private static String withoutTrunk(DigitGroups groups, int first, int last) {
        StringBuilder digits = new StringBuilder();
        for (int i = first; i <= last; i++) {
            int start = groups.groups().get(i).start();
            boolean trunk = i > first && Chars.is(groups.text(), start - 1, '(') && groups.text().startsWith("0)", start);
            digits.append(trunk ? "" : groups.digits(i, i));
        }
        return digits.toString();
    }

    /** Whether there are digits right before, as inside a longer row of groups. */
    private static boolean followsDigits(DigitGroups groups, int first) {
        int start = groups.startOf(first);
        return start > 1 && Chars.space(groups.text().charAt(start - 1)) && Chars.digit(groups.text().charAt(start - 2));
    }

    /** Groups of three after a shorter one or another of three, such as {@code 1.250.000}. */
    private static boolean isAmount(DigitGroups groups, int first, int last) {
        return groups.form(first, last).matches("[123]([ .]3)+")
                && groups.digits(first, first).charAt(0) != '0';
    }

    /** Year, month and day in any of the usual orders, and whatever time follows. */
    private static boolean isDate(DigitGroups groups, int first, int last) {
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
        boolean yearFirst = one.length() == 4 && three.length() < 3 && left >= 1000 && left < 2100 && middle <= 12 && right <= 31;
        boolean yearLast = three.length() == 4 && one.length() < 3 && left <= 31 && middle <= 31 && Math.min(left, middle) <= 12;
        return yearFirst || yearLast;
    }

    /**
     * The last words before a number that say what it is.
     *
     * @param phone where the last word for a telephone begins; -1 if there is none
     * @param other where the last name of another number begins; -1 if there is none
     */
    private record Words(int phone, int other) {

        static Words before(String text, int start) {
            return new Words(
                    WORDS.lastBefore(text, start, WORD_DISTANCE), OtherNumbers.lastNameBefore(text, start));
        }

        boolean nameAPhone() {
            return phone >= 0;
        }

        /** Directly before it. */
        boolean labelAPhone(int start) {
            return phone >= 0 && phone >= start - LABEL_DISTANCE;
        }

        boolean nameSomethingElse() {
            return other > phone;
        }
    }
}
