package org.mlxspring.autoconfigure.check;

/**
 * How signatures are cut into bands, so that similar texts have at least one band in common and only those need comparing:
 * two texts of similarity {@code s} share one of {@code b} bands of {@code r} values with the probability {@code 1 - (1 -
 * s^r)^b} (J. Leskovec, A. Rajaraman and J. Ullman, "Mining of Massive Datasets", section 3.4).
 *
 * @param count number of bands, {@code b}
 * @param width values of a band, {@code r}
 */
record Bands(int count, int width) {

    private static final double WANTED_RECALL = 0.99;

    /** The widest bands, which have the fewest needless comparisons, that still find 99 % of the pairs of a similarity. */
    static Bands finding(double similarity) {
        int width = 1;
        while (width < MinHash.SIZE && ofWidth(width * 2).recall(similarity) >= WANTED_RECALL) {
            width *= 2;
        }
        return ofWidth(width);
    }

    private static Bands ofWidth(int width) {
        return new Bands(MinHash.SIZE / width, width);
    }

    /** The share of pairs of this similarity that have a band in common. */
    double recall(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, width), count);
    }
}
