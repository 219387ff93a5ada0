package org.mlxspring.autoconfigure.redaction;

import static org.mlxspring.autoconfigure.redaction.CheckDigits.digit;
import static org.mlxspring.autoconfigure.redaction.CheckDigits.weighted;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.isDay;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.two;

import java.util.List;

/** Identity numbers of Germany, Austria and Switzerland. */
final class GermanNumbers {

    static final List<IdentityNumber> ALL = List.of(
            IdentityNumber.of(
                    "DE_TAX_ID",
                    "",
                    "00000000000|00 000 000 000|00_000_000_000",
                    GermanNumbers::isTaxId,
                    "steuer-id*",
                    "steuerid*",
                    "steuer-identifikationsnummer",
                    "steueridentifikationsnummer",
                    "steuer id",
                    "steuernummer",
                    "idnr",
                    "id-nr",
                    "identifikationsnummer",
                    "tin",
                    "steuer"),
            IdentityNumber.of(
                    "DE_PENSION_NUMBER",
                    "00000000A000|00 000000 A 000|00 000000 A 00 0",
                    "",
                    GermanNumbers::isPension,
                    "rentenversicherung*",
                    "sozialversicherung*",
                    "rvnr",
                    "sv-nummer",
                    "svnr",
                    "versicherungsnummer"),
            IdentityNumber.of(
                    "DE_ID_CARD",
                    "",
                    "AXXXXXXXX0",
                    GermanNumbers::isIdCard,
                    "personalausweis*",
                    "ausweis*",
                    "reisepass*",
                    "perso",
                    "passnummer",
                    "passport*",
                    "id card"),
            IdentityNumber.of(
                    "AT_SVNR",
                    "",
                    "0000_000000|0000 00 00 00",
                    GermanNumbers::isSvnr,
                    "svnr",
                    "sv-nr",
                    "sv-nummer",
                    "sozialversicherung*",
                    "versicherungsnummer",
                    "vsnr"),
            IdentityNumber.of(
                    "CH_AHV",
                    "756.0000.0000.00|7560000000000|756 0000 0000 00",
                    "",
                    CheckDigits::gs1,
                    "ahv*",
                    "avs",
                    "sozialversicherung*"));

    private GermanNumbers() {}

    /**
     * Steuerliche Identifikationsnummer (section 139b AO): 11 digits, not beginning with 0; of the first ten, one digit
     * occurs twice or three times and no other twice; ISO/IEC 7064 MOD 11,10.
     */
    private static boolean isTaxId(String value) {
        int repeated = 0;
        for (char digit = '0'; digit <= '9'; digit++) {
            char counted = digit;
            long times =
                    value.substring(0, 10).chars().filter(c -> c == counted).count();
            repeated += times > 1 ? 1 : 0;
            if (times > 3) {
                return false;
            }
        }
        return repeated == 1 && value.charAt(0) != '0' && CheckDigits.mod11And10(value);
    }

    /**
     * Versicherungsnummer of the German pension insurance (section 2 VKVV): area, date of birth, initial, serial, check
     * digit; the letter counts as its two-digit place in the alphabet, and the digit sums of the products are added.
     */
    private static boolean isPension(String value) {
        int letter = value.charAt(8) - 'A' + 1;
        String digits = value.substring(0, 8) + letter / 10 + letter % 10 + value.substring(9, 11);
        int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int product = digit(digits, i) * weights[i];
            sum += product / 10 + product % 10;
        }
        int day = two(value, 2);
        return isDay(two(value, 4), day) && sum % 10 == digit(value, 11);
    }

    /**
     * Serial number of an identity card or passport and its check digit: ICAO 9303-3, section 4.9, weights 7, 3, 1; no
     * vowels and none of B, D, Q and S (section 2 PAuswV).
     */
    private static boolean isIdCard(String value) {
        int sum = 0;
        int[] weights = {7, 3, 1};
        for (int i = 0; i < 9; i++) {
            char c = value.charAt(i);
            if ("ABDEIOQSU".indexOf(c) >= 0) {
                return false;
            }
            sum += Character.digit(c, 36) * weights[i % 3];
        }
        return sum % 10 == digit(value, 9);
    }

    /** Sozialversicherungsnummer (section 31 ASVG): serial, check digit modulo 11, date of birth. */
    private static boolean isSvnr(String value) {
        int sum = weighted(value, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6);
        boolean date = two(value, 6) > 12 || isDay(two(value, 6), two(value, 4));
        return value.charAt(0) != '0' && date && sum % 11 == digit(value, 3);
    }
}
