package org.mlxspring.autoconfigure.redaction;

import static org.mlxspring.autoconfigure.redaction.CheckDigits.digit;
import static org.mlxspring.autoconfigure.redaction.CheckDigits.weighted;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.two;

import java.util.List;

/** Identity numbers of the United States, Canada and Brazil. */
final class AmericanNumbers {

    static final List<IdentityNumber> ALL = List.of(
            IdentityNumber.of(
                    "US_SSN",
                    "000-00-0000",
                    "000 00 0000|000000000|000.00.0000",
                    AmericanNumbers::isSsn,
                    "ssn*",
                    "ss#",
                    "ss #",
                    "social security",
                    "socialsecurity*",
                    "soc sec",
                    "social"),
            IdentityNumber.of(
                    "US_ITIN",
                    "000-00-0000",
                    "000 00 0000|000000000",
                    AmericanNumbers::isItin,
                    "itin",
                    "individual taxpayer*",
                    "taxpayer*"),
            IdentityNumber.of(
                    "CA_SIN",
                    "",
                    "000_000_000",
                    CheckDigits::luhn,
                    "sin",
                    "social insurance",
                    "nas",
                    "assurance sociale"),
            IdentityNumber.of(
                    "BR_CPF",
                    "000.000.000-00",
                    "00000000000|000000000-00",
                    AmericanNumbers::isCpf,
                    "cpf",
                    "pessoa física",
                    "pessoas físicas",
                    "contribuinte"));

    private AmericanNumbers() {}

    /**
     * Social Security number, 9 digits without a check digit. Area 000, 666 and 900 to 999, group 00 and serial 0000 are
     * never assigned: Social Security Administration, POMS RM 10201.035.
     */
    private static boolean isSsn(String value) {
        int area = Integer.parseInt(value.substring(0, 3));
        return area != 0 && area != 666 && area < 900 && two(value, 3) != 0 && !value.endsWith("0000");
    }

    /** Individual Taxpayer Identification Number: 9, and fourth and fifth digit in a range of IRS publication 1915. */
    private static boolean isItin(String value) {
        int group = two(value, 3);
        return value.charAt(0) == '9'
                && (group >= 50 && group <= 65
                        || group >= 70 && group <= 88
                        || group >= 90 && group <= 99 && group != 93);
    }

    /** Cadastro de Pessoas Físicas: two check digits modulo 11, Receita Federal. */
    private static boolean isCpf(String value) {
        int first = weighted(value, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(value, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return value.chars().distinct().count() > 1 && first == digit(value, 9) && second == digit(value, 10);
    }
}
