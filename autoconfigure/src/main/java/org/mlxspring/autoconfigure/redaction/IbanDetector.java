package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * International bank account numbers (ISO 13616-1): country, two check digits, and as many letters and digits as SWIFT's
 * IBAN registry has for the country, with a remainder of 1 by 97. Written in one, or with single spaces or hyphens.
 */
final class IbanDetector implements Detector {

    static final String TYPE = "IBAN";

    private static final Map<String, Integer> LENGTHS = lengths("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29"
            + " BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27"
            + " GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24"
            + " ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18"
            + " SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public String normalized(String type, String value) {
        return Chars.lettersAndDigits(value);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 2; i < text.length() - 12; i++) {
            if (Chars.digit(text.charAt(i))
                    && Chars.latin(text.charAt(i - 1))
                    && Chars.latin(text.charAt(i - 2))
                    && Chars.startsWord(text, i - 2)) {
                int end = end(text, i - 2);
                if (end > 0) {
                    findings.add(new Finding(TYPE, i - 2, end));
                    i = end;
                }
            }
        }
        return findings.isEmpty() ? List.of() : findings;
    }

    /** Where the number that begins here ends; 0 if there is none. */
    private static int end(String text, int start) {
        Integer length = LENGTHS.get(text.substring(start, start + 2).toUpperCase());
        if (length == null) {
            return 0;
        }
        StringBuilder number = new StringBuilder(length);
        int i = start;
        while (i < text.length() && number.length() < length) {
            char c = text.charAt(i);
            if (Chars.digit(c) || Chars.latin(c)) {
                number.append(Character.toUpperCase(c));
            } else if (!(Chars.space(c) || c == '-') || !Chars.word(text.charAt(i - 1))) {
                return 0;
            }
            i++;
        }
        boolean complete = number.length() == length && Chars.endsWord(text, i) && Chars.digit(number.charAt(3));
        return complete && CheckDigits.mod97(number.substring(4) + number.substring(0, 4)) == 1 ? i : 0;
    }

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return lengths;
    }
}
