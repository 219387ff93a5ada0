package org.mlxspring.autoconfigure.redaction;

/** Published check-digit methods. Values hold digits alone unless it says otherwise. */
final class CheckDigits {

    private static final String VERHOEFF_PRODUCT = "0123456789" + "1234067895" + "2340178956" + "3401289567"
            + "4012395678" + "5987604321" + "6598710432" + "7659821043" + "8765932104" + "9876543210";
    private static final String VERHOEFF_PERMUTATION = "0123456789" + "1576283094" + "5803796142" + "8916043527"
            + "9453126870" + "4286573901" + "2793806415" + "7046913258";

    private CheckDigits() {}

    static int digit(String value, int at) {
        return value.charAt(at) - '0';
    }

    /** ISO/IEC 7812-1, annex B: the last digit checks the ones before it. */
    static boolean luhn(String value) {
        int sum = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = digit(value, value.length() - 1 - i);
            sum += i % 2 == 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
        }
        return sum % 10 == 0;
    }

    /** The remainder by 97 as in ISO/IEC 7064, MOD 97-10; letters count as 10 to 35. */
    static int mod97(String value) {
        int remainder = 0;
        for (int i = 0; i < value.length(); i++) {
            int number = Character.digit(value.charAt(i), 36);
            remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97;
        }
        return remainder;
    }

    /** ISO/IEC 7064, MOD 11,10. */
    static boolean mod11And10(String value) {
        int product = 10;
        for (int i = 0; i < value.length() - 1; i++) {
            int sum = (digit(value, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(value, value.length() - 1);
    }

    /** J. Verhoeff, Error Detecting Decimal Codes, Mathematical Centre Tracts 29, 1969. */
    static boolean verhoeff(String value) {
        int check = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = digit(value, value.length() - 1 - i);
            int permuted = VERHOEFF_PERMUTATION.charAt(i % 8 * 10 + digit) - '0';
            check = VERHOEFF_PRODUCT.charAt(check * 10 + permuted) - '0';
        }
        return check == 0;
    }

    /** GS1 General Specifications, section 7.9.1: weights 1 and 3 in turn, from the right. */
    static boolean gs1(String value) {
        int sum = 0;
        for (int i = 0; i < value.length(); i++) {
            sum += digit(value, value.length() - 1 - i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** The digits times their weights, added up; as many digits as there are weights. */
    static int weighted(String value, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(value, i) * weights[i];
        }
        return sum;
    }
}
