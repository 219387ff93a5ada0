package org.mlxspring.autoconfigure.redaction;

import static org.mlxspring.autoconfigure.redaction.CheckDigits.digit;
import static org.mlxspring.autoconfigure.redaction.CheckDigits.weighted;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.isDay;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.two;

import java.util.List;

/** Identity numbers of Sweden, Norway, Finland and Denmark. */
final class NordicNumbers {

    static final List<IdentityNumber> ALL = List.of(
            IdentityNumber.of(
                    "SE_PERSONAL_NUMBER",
                    "000000-0000|000000+0000|00000000-0000",
                    "0000000000|000000000000",
                    NordicNumbers::isSwedish,
                    "personnummer",
                    "personnr",
                    "pnr",
                    "samordningsnummer",
                    "swedish"),
            IdentityNumber.of(
                    "NO_BIRTH_NUMBER",
                    "00000000000|000000 00000",
                    "000000-00000",
                    NordicNumbers::isNorwegian,
                    "fødselsnummer",
                    "fodselsnummer",
                    "fødselsnr",
                    "fnr",
                    "personnummer",
                    "d-nummer"),
            IdentityNumber.of(
                    "FI_HETU",
                    "000000-000X|000000+000X|000000A000X",
                    "",
                    NordicNumbers::isFinnish,
                    "hetu",
                    "henkilötunnus",
                    "henkilotunnus",
                    "personbeteckning"),
            IdentityNumber.of(
                    "DK_CPR",
                    "",
                    "000000-0000|0000000000|000000 0000",
                    NordicNumbers::isDanish,
                    "cpr*",
                    "personnummer",
                    "cpr-nr",
                    "danish"));

    private NordicNumbers() {}

    /** Personnummer: date of birth, serial, Luhn over ten digits; day plus 60 in a coordination number. SKV 704, SKV 707. */
    private static boolean isSwedish(String value) {
        String ten = value.substring(value.length() - 10);
        boolean century =
                value.length() == 10 || value.startsWith("19") || value.startsWith("20") || value.startsWith("18");
        int day = two(ten, 4);
        return century && isDay(two(ten, 2), day > 60 ? day - 60 : day) && CheckDigits.luhn(ten);
    }

    /**
     * Fødselsnummer: date of birth, serial, two check digits modulo 11; day plus 40 in a D number, month plus 40 or 80 in
     * synthetic ones. Folkeregisterforskriften, section 2-2-1.
     */
    private static boolean isNorwegian(String value) {
        int day = two(value, 0) > 40 ? two(value, 0) - 40 : two(value, 0);
        int first = weighted(value, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1);
        int second = weighted(value, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1);
        return isDay(two(value, 2) % 40, day) && first % 11 == 0 && second % 11 == 0;
    }

    /** Henkilötunnus: date of birth, sign of the century, serial, remainder by 31; Digi- ja väestötietovirasto. */
    private static boolean isFinnish(String value) {
        int end = value.length();
        char century = end == 11 ? value.charAt(6) : '-';
        String serial = value.substring(end - 4, end - 1);
        boolean written = "-ABCDEFUVWXY".indexOf(century) >= 0 && isDay(two(value, 2), two(value, 0));
        int number = Integer.parseInt(value.substring(0, 6) + serial);
        return written
                && Integer.parseInt(serial) >= 2
                && value.charAt(end - 1) == "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(number % 31);
    }

    /** CPR-nummer: date of birth and serial. Its check digit is not kept any more for all: CPR-kontoret, 2007. */
    private static boolean isDanish(String value) {
        return isDay(two(value, 2), two(value, 0)) && digit(value, 9) >= 0;
    }
}
