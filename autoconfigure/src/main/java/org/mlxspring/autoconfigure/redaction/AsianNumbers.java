package org.mlxspring.autoconfigure.redaction;

import static org.mlxspring.autoconfigure.redaction.CheckDigits.digit;
import static org.mlxspring.autoconfigure.redaction.CheckDigits.weighted;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.isDay;
import static org.mlxspring.autoconfigure.redaction.IdentityNumber.two;

import java.util.List;

/** Identity numbers of India, China, South Korea, Japan and Australia. */
final class AsianNumbers {

    static final List<IdentityNumber> ALL = List.of(
            IdentityNumber.of(
                    "IN_AADHAAR",
                    "",
                    "0000_0000_0000",
                    AsianNumbers::isAadhaar,
                    "aadhaar*",
                    "aadhar*",
                    "adhaar*",
                    "uidai",
                    "uid",
                    "आधार"),
            IdentityNumber.of(
                    "IN_PAN",
                    "",
                    "AAAAA0000A",
                    value -> "PCHFATBLJG".indexOf(value.charAt(3)) >= 0,
                    "pan",
                    "permanent account",
                    "income tax"),
            IdentityNumber.of(
                    "CN_RESIDENT_ID",
                    "00000000000000000X|000000 00000000 000X",
                    "",
                    AsianNumbers::isChinese,
                    "身份证*",
                    "身份證*",
                    "居民*",
                    "resident id*"),
            IdentityNumber.of(
                    "KR_RRN",
                    "000000-0000000",
                    "0000000000000",
                    AsianNumbers::isKorean,
                    "주민등록*",
                    "주민번호",
                    "rrn",
                    "resident registration"),
            IdentityNumber.of(
                    "JP_MY_NUMBER", "", "0000_0000_0000", AsianNumbers::isMyNumber, "マイナンバー*", "個人番号*", "my number"),
            IdentityNumber.of("AU_TFN", "", "000_000_000", AsianNumbers::isTfn, "tfn", "tax file"));

    private AsianNumbers() {}

    /** Aadhaar: 12 digits, the first from 2 to 9, Verhoeff; UIDAI numbering scheme. */
    private static boolean isAadhaar(String value) {
        return value.charAt(0) > '1' && CheckDigits.verhoeff(value);
    }

    /** Resident identity number: GB 11643-1999; place, date of birth, serial, ISO/IEC 7064 MOD 11-2. */
    private static boolean isChinese(String value) {
        int sum = weighted(value, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
        int century = two(value, 6);
        boolean born = (century == 18 || century == 19 || century == 20) && isDay(two(value, 10), two(value, 12));
        return born && value.charAt(0) != '0' && value.charAt(17) == "10X98765432".charAt(sum % 11);
    }

    /** Resident registration number: date of birth and sex; since October 2020 without a check digit. */
    private static boolean isKorean(String value) {
        return isDay(two(value, 2), two(value, 4)) && value.charAt(6) >= '0' && value.charAt(6) <= '8';
    }

    /** Individual number ("My Number"): check digit modulo 11, ordinance 85 of 2014 of the Ministry of Internal Affairs. */
    private static boolean isMyNumber(String value) {
        int remainder = weighted(value, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (remainder <= 1 ? 0 : 11 - remainder) == digit(value, 11);
    }

    /** Tax file number: weights modulo 11, Australian Taxation Office. */
    private static boolean isTfn(String value) {
        return weighted(value, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
    }
}
