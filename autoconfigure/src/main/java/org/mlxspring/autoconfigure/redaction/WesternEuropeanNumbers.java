package org.mlxspring.autoconfigure.redaction;

import static org.mlxspring.autoconfigure.redaction.CheckDigits.digit;
import static org.mlxspring.autoconfigure.redaction.CheckDigits.weighted;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.isDay;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.two;

import java.util.List;
import java.util.Set;

/** Identity numbers of France, Italy, Spain, Portugal, Belgium, the Netherlands, the United Kingdom and Ireland. */
final class WesternEuropeanNumbers {

    static final List<IdentityNumber> ALL = List.of(
            IdentityNumber.of(
                    "FR_NIR",
                    "0_00_00_XX_000_000_00",
                    "",
                    WesternEuropeanNumbers::isNir,
                    "nir",
                    "sécurité sociale",
                    "securite sociale",
                    "insee",
                    "sécu",
                    "numéro de sécu",
                    "carte vitale"),
            IdentityNumber.of(
                    "IT_FISCAL_CODE",
                    "AAAAAAXXAXXAXXXA|AAA AAA XXAXX AXXXA",
                    "",
                    WesternEuropeanNumbers::isFiscalCode,
                    "codice fiscale",
                    "c.f.",
                    "cod. fisc",
                    "cf",
                    "codicefiscale"),
            IdentityNumber.of(
                    "ES_DNI",
                    "00000000A|00000000-A|00.000.000-A|00.000.000A",
                    "00000000 A|00.000.000 A",
                    WesternEuropeanNumbers::isDni,
                    "dni",
                    "nif",
                    "documento nacional",
                    "identidad"),
            IdentityNumber.of(
                    "ES_NIE",
                    "A0000000A|A-0000000-A|A0000000-A|A-0000000A",
                    "A 0000000 A",
                    WesternEuropeanNumbers::isNie,
                    "nie",
                    "extranjero*",
                    "extranjería"),
            IdentityNumber.of(
                    "PT_NIF",
                    "",
                    "000_000_000",
                    WesternEuropeanNumbers::isNif,
                    "nif",
                    "contribuinte",
                    "número fiscal",
                    "identificação fiscal"),
            IdentityNumber.of(
                    "BE_NATIONAL_NUMBER",
                    "00.00.00-000.00",
                    "00000000000|00 00 00 000 00|000000-000-00|00.00.00 000.00",
                    WesternEuropeanNumbers::isBelgian,
                    "rijksregister*",
                    "registre national",
                    "nrn",
                    "insz",
                    "niss",
                    "nationaal nummer",
                    "numéro national"),
            IdentityNumber.of(
                    "NL_BSN",
                    "",
                    "000000000|0000 00 000|000_000_000|0000.00.000",
                    WesternEuropeanNumbers::isBsn,
                    "bsn",
                    "burgerservicenummer",
                    "sofinummer",
                    "sofi-nummer",
                    "burger service nummer"),
            IdentityNumber.of(
                    "UK_NINO",
                    "AA 00 00 00 A|AA-00-00-00-A",
                    "AA000000A|AA 000000 A",
                    WesternEuropeanNumbers::isNino,
                    "nino",
                    "national insurance",
                    "ni number",
                    "ni no",
                    "ni",
                    "nationalinsurance*"),
            IdentityNumber.of(
                    "UK_NHS_NUMBER",
                    "",
                    "000_000_0000",
                    WesternEuropeanNumbers::isNhs,
                    "nhs*",
                    "patient*",
                    "health service"),
            IdentityNumber.of(
                    "IE_PPS",
                    "",
                    "0000000A|0000000AA",
                    WesternEuropeanNumbers::isPps,
                    "pps*",
                    "ppsn",
                    "personal public service"));

    private WesternEuropeanNumbers() {}

    /**
     * Numéro d'inscription au répertoire: sex, year, month, department (2A and 2B count as 19 and 18), commune, serial,
     * and the key 97 minus the remainder by 97: INSEE, decree 82-103.
     */
    private static boolean isNir(String value) {
        String department = value.substring(5, 7);
        String counted =
                switch (department) {
                    case "2A" -> "19";
                    case "2B" -> "18";
                    default -> department;
                };
        int month = two(value, 3);
        boolean digits = counted.chars().allMatch(c -> Chars.digit((char) c));
        boolean possible = "123478".indexOf(value.charAt(0)) >= 0
                && (month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50);
        return digits
                && possible
                && Long.parseLong(value.substring(0, 5) + counted + value.substring(7, 13)) % 97 == 97 - two(value, 13);
    }

    /**
     * Codice fiscale: letters of the names, year, month, day and sex, place, check letter; in case of namesakes letters
     * stand for digits. Decree of 23 December 1976, article 7 and table.
     */
    private static boolean isFiscalCode(String value) {
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = value.charAt(i);
            int number = Chars.digit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? odd[number] : number;
        }
        for (int i : new int[] {6, 7, 9, 10, 12, 13, 14}) {
            if ("0123456789LMNPQRSTUV".indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return "ABCDEHLMPRST".indexOf(value.charAt(8)) >= 0 && value.charAt(15) == 'A' + sum % 26;
    }

    /** Documento nacional de identidad: the letter of the remainder by 23, Real Decreto 1553/2005, Ministerio del Interior. */
    private static boolean isDni(String value) {
        int number = Integer.parseInt(value.substring(0, 8));
        return value.charAt(8) == "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23);
    }

    /** Número de identidad de extranjero: as the DNI, with X, Y and Z for 0, 1 and 2; Orden INT/2058/2008. */
    private static boolean isNie(String value) {
        int first = "XYZ".indexOf(value.charAt(0));
        return first >= 0 && isDni(first + value.substring(1));
    }

    /** Número de identificação fiscal of persons: weights 9 to 2 modulo 11, Decreto-Lei 14/2013. */
    private static boolean isNif(String value) {
        int check = 11 - weighted(value, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        boolean person = "123".indexOf(value.charAt(0)) >= 0 || value.startsWith("45");
        return person && (check > 9 ? 0 : check) == digit(value, 8);
    }

    /**
     * Rijksregisternummer: date of birth, serial, 97 minus the remainder by 97, with a 2 in front for those born from 2000
     * on. Royal decree of 3 April 1984; months of bis numbers are higher by 20 or 40.
     */
    private static boolean isBelgian(String value) {
        long number = Long.parseLong(value.substring(0, 9));
        int check = two(value, 9);
        int month = two(value, 2) % 20;
        boolean date = month == 0 || isDay(month, Math.max(1, two(value, 4)));
        return date && (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check);
    }

    /** Burgerservicenummer: weights 9 to 2 and -1, divisible by 11 ("elfproef"); Besluit burgerservicenummer, 2007. */
    private static boolean isBsn(String value) {
        return !value.equals("000000000") && weighted(value, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    /**
     * National Insurance number, without a check digit: HMRC, National Insurance Manual NIM39110. QQ is the prefix of
     * official examples.
     */
    private static boolean isNino(String value) {
        String prefix = value.substring(0, 2);
        boolean assigned = "DFIQUV".indexOf(prefix.charAt(0)) < 0
                && "DFIQUVO".indexOf(prefix.charAt(1)) < 0
                && !Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ").contains(prefix);
        return (assigned || prefix.equals("QQ")) && "ABCD".indexOf(value.charAt(8)) >= 0;
    }

    /** NHS number: weights 10 to 2 modulo 11, NHS Data Dictionary. */
    private static boolean isNhs(String value) {
        int check = 11 - weighted(value, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return check != 10 && check % 11 == digit(value, 9);
    }

    /** Personal Public Service number: weights 8 to 2, a second letter weighs 9, modulo 23; Department of Social Protection. */
    private static boolean isPps(String value) {
        int sum = weighted(value, 8, 7, 6, 5, 4, 3, 2);
        int second = value.length() == 9 && value.charAt(8) != 'W' ? value.charAt(8) - 'A' + 1 : 0;
        return value.charAt(7) == "WABCDEFGHIJKLMNOPQRSTUV".charAt((sum + 9 * second) % 23);
    }
}
