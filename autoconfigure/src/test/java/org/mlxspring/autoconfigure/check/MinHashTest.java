package org.mlxspring.autoconfigure.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinHashTest {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    @Test
    void theHashIsThatOfThePaper() {
        byte[] key = new byte[16];
        byte[] message = new byte[14];
        for (byte i = 0; i < 16; i++) {
            key[i] = i;
        }
        for (byte i = 0; i < 14; i++) {
            message[i] = i;
        }
        // Of the reference implementation's vectors, that of 14 bytes: whole characters in UTF-16LE.
        assertThat(new SipHash(key, 0).of(new String(message, StandardCharsets.UTF_16LE)))
                .isEqualTo(0xf723ca908e7af2eeL);
        assertThat(new SipHash(key, 0).of("")).isEqualTo(0x726fdb47dd0e0e31L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theEstimateIsWithinItsErrorOfTheTrueSimilarity(int seed) {
        RandomGenerator random = new Random(seed);
        MinHash minHash = new MinHash(key(random));
        double squares = 0;
        int pairs = 400;
        for (int i = 0; i < pairs; i++) {
            String text = text(random, 50 + random.nextInt(400));
            String other = changed(random, text, random.nextInt(12));
            double truth = similarity(text, other);
            double estimate = estimate(minHash, text, other);
            assertThat(estimate).isCloseTo(truth, within(0.045 + 5 * Math.sqrt(truth * (1 - truth) / MinHash.SIZE)));
            double scale = Math.max(1e-3, Math.sqrt(truth * (1 - truth) / MinHash.SIZE));
            squares += Math.pow((estimate - truth) / scale, 2);
        }
        // The error has the size that the formula says.
        assertThat(Math.sqrt(squares / pairs)).isBetween(0.7, 1.3);
    }

    @Test
    void signaturesOfAnotherKeyHaveNothingInCommon() {
        RandomGenerator random = new Random(5);
        String text = text(random, 300);
        short[] one = new MinHash(key(random)).signature(text).orElseThrow();
        short[] other = new MinHash(key(random)).signature(text).orElseThrow();
        assertThat(equal(one, other)).isLessThan(4);
    }

    @Test
    void whatIsNotALetterOrDigitIsNotCompared() {
        MinHash minHash = new MinHash(new byte[32]);
        assertThat(minHash.signature("Ein  Text, mit: Zeichen!")).hasValueSatisfying(signature -> assertThat(signature)
                .isEqualTo(minHash.signature("ein text mit zeichen").orElseThrow()));
        assertThat(minHash.signature("?! ...")).isEmpty();
        assertThat(minHash.signature("Ja")).isPresent();
    }

    @Test
    void bandsFindWhatTheyAreMadeFor() {
        assertThat(Bands.finding(0.9)).isEqualTo(new Bands(16, 8));
        for (double similarity = 0.51; similarity <= 1; similarity += 0.01) {
            Bands bands = Bands.finding(similarity);
            assertThat(bands.count() * bands.width()).isEqualTo(MinHash.SIZE);
            assertThat(bands.recall(similarity)).isGreaterThanOrEqualTo(0.99);
        }
    }

    static byte[] key(RandomGenerator random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** The text with so many of its characters replaced. */
    static String changed(RandomGenerator random, String text, int changes) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < changes; i++) {
            changed.setCharAt(random.nextInt(text.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return changed.toString();
    }

    /** The true similarity of the sets of shingles. */
    static double similarity(String text, String other) {
        Set<String> shingles = shingles(text);
        Set<String> others = shingles(other);
        Set<String> both = new HashSet<>(shingles);
        both.retainAll(others);
        return (double) both.size() / (shingles.size() + others.size() - both.size());
    }

    private static Set<String> shingles(String text) {
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + Shingles.LENGTH <= text.length(); i++) {
            shingles.add(text.substring(i, i + Shingles.LENGTH));
        }
        return shingles;
    }

    private static double estimate(MinHash minHash, String text, String other) {
        return equal(
                        minHash.signature(text).orElseThrow(),
                        minHash.signature(other).orElseThrow())
                / (double) MinHash.SIZE;
    }

    private static int equal(short[] one, short[] other) {
        int equal = 0;
        for (int i = 0; i < one.length; i++) {
            equal += one[i] == other[i] ? 1 : 0;
        }
        return equal;
    }
}
