package org.mlxspring.autoconfigure.redaction;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which rows of digits are telephone numbers, by libphonenumber's numbering plans. */
final class PhoneNumbers {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /** A country whose numbers are recognized without a country code; its trunk prefix is dropped from abroad. */
    private record Region(String code, int country, String trunk) {}

    private final List<Region> regions = new ArrayList<>();

    /**
     * @param regions ISO 3166-1 codes of the countries, the likeliest first
     * @throws IllegalArgumentException if there is no numbering plan for one
     */
    PhoneNumbers(List<String> regions) {
        Set<String> known = PLANS.getSupportedRegions();
        for (String region : regions) {
            if (!known.contains(region)) {
                throw new IllegalArgumentException("mlx.datasets.redaction.phone-regions has '" + region
                        + "'; it must be a country as ISO 3166-1 writes it, such as DE or US.");
            }
            String trunk = PLANS.getNddPrefixForRegion(region, true);
            this.regions.add(new Region(region, PLANS.getCountryCodeForRegion(region), trunk == null ? "" : trunk));
        }
    }

    /** The number with country code, from digits that begin with one; empty if its plan has no such length. */
    Optional<PhoneNumber> international(String digits) {
        for (int length = 1; length <= 3 && length < digits.length(); length++) {
            int country = Integer.parseInt(digits.substring(0, length));
            if (country > 0 && PLANS.getSupportedCallingCodes().contains(country)) {
                PhoneNumber number = number(country, digits.substring(length));
                return PLANS.isPossibleNumber(number) ? Optional.of(number) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean isValid(PhoneNumber number) {
        return PLANS.isValidNumber(number);
    }

    /** The number as a country's own plan has it, from digits as they are dialed there; the first country that fits. */
    Optional<PhoneNumber> national(String digits) {
        for (Region region : regions) {
            Optional<PhoneNumber> number = national(digits, region);
            if (number.isPresent()) {
                return number;
            }
        }
        return Optional.empty();
    }

    /** Whether it is a mobile number of a country that dials a trunk prefix. */
    boolean isTrunkMobile(String digits) {
        return regions.stream()
                .filter(region -> region.trunk.equals("0"))
                .flatMap(region -> national(digits, region).stream())
                .anyMatch(number -> PLANS.getNumberType(number) == PhoneNumberType.MOBILE);
    }

    /** The one writing of a number: country code and national number, or its digits where no plan fits. */
    String normalized(String value) {
        String plain = value.replace("(0)", "");
        String digits = digits(plain);
        Optional<PhoneNumber> number = Optional.empty();
        if (plain.indexOf('+') >= 0) {
            number = international(digits);
        } else if (digits.startsWith("00")) {
            number = international(digits.substring(2));
        }
        return number.or(() -> national(digits))
                .map(known -> known.getCountryCode() + "-" + PLANS.getNationalSignificantNumber(known))
                .orElse(digits);
    }

    static String digits(String value) {
        StringBuilder digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (Chars.digit(value.charAt(i))) {
                digits.append(value.charAt(i));
            }
        }
        return digits.toString();
    }

    private static Optional<PhoneNumber> national(String digits, Region region) {
        boolean prefixed = !region.trunk.isEmpty() && digits.startsWith(region.trunk);
        if (region.trunk.equals("0") && !prefixed) {
            return Optional.empty();
        }
        PhoneNumber number = number(region.country, prefixed ? digits.substring(region.trunk.length()) : digits);
        return PLANS.isValidNumberForRegion(number, region.code) ? Optional.of(number) : Optional.empty();
    }

    private static PhoneNumber number(int country, String national) {
        PhoneNumber number = new PhoneNumber().setCountryCode(country);
        if (national.isEmpty() || national.length() > 15) {
            return number.setNationalNumber(0);
        }
        int zeros = 0;
        while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
            zeros++;
        }
        if (zeros > 0) {
            number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
        }
        return number.setNationalNumber(Long.parseLong(national));
    }
}
