package org.mlxspring.autoconfigure.redaction;

import static org.mlxspring.autoconfigure.redaction.CheckDigits.digit;
import static org.mlxspring.autoconfigure.redaction.CheckDigits.weighted;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.isDay;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.two;

import java.util.List;

/** Identity numbers of Poland, Czechia and Slovakia, Romania, Bulgaria, Croatia and Turkey. */
final class EasternEuropeanNumbers {

    static final List<IdentityNumber> ALL = List.of(
            IdentityNumber.of(
                    "PL_PESEL",
                    "",
                    "00000000000",
                    EasternEuropeanNumbers::isPesel,
                    "pesel*",
                    "numer ewidencyjny",
                    "dowód"),
            IdentityNumber.of(
                    "CZ_BIRTH_NUMBER",
                    "000000/0000",
                    "0000000000|000000 0000|000000-0000",
                    EasternEuropeanNumbers::isCzech,
                    "rodné číslo",
                    "rodne cislo",
                    "rodného čísla",
                    "rodným číslom",
                    "r.č",
                    "rč",
                    "rodné č*"),
            IdentityNumber.of(
                    "RO_CNP",
                    "",
                    "0000000000000",
                    EasternEuropeanNumbers::isCnp,
                    "cnp",
                    "cod numeric personal",
                    "codul numeric"),
            IdentityNumber.of(
                    "BG_EGN", "", "0000000000", EasternEuropeanNumbers::isEgn, "егн", "egn", "единен граждански номер"),
            IdentityNumber.of(
                    "HR_OIB", "", "00000000000", CheckDigits::mod11And10, "oib*", "osobni identifikacijski broj"),
            IdentityNumber.of(
                    "TR_TCKN",
                    "",
                    "00000000000",
                    EasternEuropeanNumbers::isTckn,
                    "tc kimlik",
                    "t.c. kimlik",
                    "kimlik*",
                    "tckn",
                    "vatandaşlık",
                    "tc no",
                    "t.c. no"));

    private EasternEuropeanNumbers() {}

    /** PESEL: date of birth (the month tells the century), serial, check digit; act of 24 September 2010, article 15. */
    private static boolean isPesel(String value) {
        int check = (10 - weighted(value, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
        return isDay(two(value, 2) % 20, two(value, 4)) && check == digit(value, 10);
    }

    /**
     * Rodné číslo of ten digits: date of birth (month plus 50 of women, plus 20 where serials ran out), divisible by 11;
     * until 1985 a remainder of 10 was written as 0. Czech act 133/2000, section 13; Slovak act 301/1995.
     */
    private static boolean isCzech(String value) {
        int month = two(value, 2) % 50;
        long nine = Long.parseLong(value.substring(0, 9));
        boolean date = isDay(month > 20 ? month - 20 : month, two(value, 4));
        return date && (nine % 11 % 10 == digit(value, 9));
    }

    /** Cod numeric personal: sex and century, date of birth, county, serial, check digit; Romanian act 105/1996. */
    private static boolean isCnp(String value) {
        int sum = weighted(value, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return value.charAt(0) != '0'
                && isDay(two(value, 3), two(value, 5))
                && (sum == 10 ? 1 : sum) == digit(value, 12);
    }

    /** Edinen grazhdanski nomer: date of birth (month plus 20 or 40), serial, check digit; GRAO ordinance RD-02-20-9. */
    private static boolean isEgn(String value) {
        int sum = weighted(value, 2, 4, 8, 5, 10, 9, 7, 3, 6);
        return isDay(two(value, 2) % 20, two(value, 4)) && sum % 11 % 10 == digit(value, 9);
    }

    /** T.C. kimlik numarası: two check digits; Turkish act 5490, Nüfus ve Vatandaşlık İşleri. */
    private static boolean isTckn(String value) {
        int odd = weighted(value, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        int even = weighted(value, 0, 1, 0, 1, 0, 1, 0, 1);
        boolean tenth = Math.floorMod(7 * odd - even, 10) == digit(value, 9);
        return value.charAt(0) != '0' && tenth && (odd + even + digit(value, 9)) % 10 == digit(value, 10);
    }
}
