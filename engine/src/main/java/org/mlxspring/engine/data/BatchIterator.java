package org.mlxspring.engine.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Batches of tokenized rows in mlx-lm's order: examples sorted by their number of keys (so in file order when they are
 * all alike), cut into batches, and the full batches of each epoch in the order of {@code numpy.random.permutation}. What
 * mlx-lm drops, the smaller batch of the examples left over, comes last in every epoch here.
 *
 * <p>Not safe for several threads.
 */
public final class BatchIterator implements Iterator<Batch> {

    private static final int PAD_TO = 32;

    private final TokenizedRows rows;
    private final int batchSize;
    private final int maxSeqLength;
    private final NumpyRandom random;
    private final boolean loop;
    private final int maxBatches;
    private final int[] order;
    private final int fullBatches;
    private final int batchesPerEpoch;

    private int epoch;
    private int batchInEpoch;
    private int[] permutation = new int[0];

    private BatchIterator(
            TokenizedRows rows, int batchSize, int maxSeqLength, NumpyRandom random, boolean loop, int maxBatches) {
        if (rows.size() == 0) {
            throw new DataException("the dataset has no rows; at least one is needed to make a batch");
        }
        if (batchSize < 1) {
            throw new DataException("batch size is " + batchSize + "; it must be at least 1");
        }
        if (maxSeqLength < 2) {
            throw new DataException("max sequence length is " + maxSeqLength
                    + "; it must be at least 2, a token and the one to predict from it");
        }
        this.rows = rows;
        this.batchSize = batchSize;
        this.maxSeqLength = maxSeqLength;
        this.random = random;
        this.loop = loop;
        this.maxBatches = maxBatches;
        int perExample = rows.rowsPerExample();
        order = IntStream.range(0, rows.examples())
                .boxed()
                .sorted(Comparator.comparingInt(example -> rows.keyCount(example * perExample)))
                .mapToInt(Integer::intValue)
                .toArray();
        fullBatches = order.length / batchSize;
        batchesPerEpoch = Math.ceilDiv(order.length, batchSize);
    }

    /**
     * Batches without end, for training.
     *
     * @param rows at least one row
     * @param batchSize examples of a batch: rows, or preferences of two rows each
     * @param maxSeqLength most tokens of a row; longer rows are cut
     * @param random draws one permutation at the start of each epoch; the same generator must serve evaluation, as in
     *     mlx-lm
     */
    public static BatchIterator training(TokenizedRows rows, int batchSize, int maxSeqLength, NumpyRandom random) {
        return new BatchIterator(rows, batchSize, maxSeqLength, random, true, -1);
    }

    /**
     * One pass over the rows, for evaluation.
     *
     * @param maxBatches stop after this many; -1 for all rows
     */
    public static BatchIterator evaluation(
            TokenizedRows rows, int batchSize, int maxSeqLength, NumpyRandom random, int maxBatches) {
        return new BatchIterator(rows, batchSize, maxSeqLength, random, false, maxBatches);
    }

    /** Whether there is a further batch; always true in training. */
    @Override
    public boolean hasNext() {
        return loop || batchInEpoch < batches();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + batches() + " batches were given out");
        }
        if (batchInEpoch == batchesPerEpoch) {
            epoch++;
            batchInEpoch = 0;
        }
        if (batchInEpoch == 0) {
            permutation = random.permutation(fullBatches);
        }
        int batch = batchInEpoch < fullBatches ? permutation[batchInEpoch] : fullBatches;
        batchInEpoch++;
        return batch(batch);
    }

    /** Batches of one epoch, the smaller last one included. */
    public int batchesPerEpoch() {
        return batchesPerEpoch;
    }

    /** Batches that will be given out in all: those of one epoch, or fewer where a maximum was set. */
    public int batches() {
        return maxBatches < 0 ? batchesPerEpoch : Math.min(maxBatches, batchesPerEpoch);
    }

    /** Epochs finished before the one of the last batch given out. */
    public int epoch() {
        return epoch;
    }

    /** Where this iterator stands. */
    public DataPosition position() {
        return new DataPosition(epoch, batchInEpoch, permutation.clone());
    }

    /**
     * Goes on from a position that an iterator over the same rows with the same batch size gave.
     *
     * @throws DataException when the position cannot be one of these rows and this batch size
     */
    public void restore(DataPosition position) {
        boolean fresh = position.batchInEpoch() == 0 && position.permutation().length == 0;
        if (!fresh && position.permutation().length != fullBatches
                || position.batchInEpoch() < 0
                || position.batchInEpoch() > batchesPerEpoch) {
            throw new DataException("the saved position is batch " + position.batchInEpoch() + " of an epoch with "
                    + position.permutation().length + " full batches, but these rows make " + fullBatches
                    + " full batches; the dataset or the batch size changed since it was saved");
        }
        epoch = position.epoch();
        batchInEpoch = position.batchInEpoch();
        permutation = position.permutation().clone();
    }

    /** How many rows are longer than the maximum sequence length and are cut in every epoch. */
    public int truncatedRows() {
        return (int) IntStream.range(0, rows.size())
                .filter(i -> rows.length(i) > maxSeqLength)
                .count();
    }

    /** How many rows have nothing to learn, as far as they are not cut away: no target before the maximum length. */
    public int rowsWithoutTargets() {
        return (int) IntStream.range(0, rows.size())
                .filter(i -> TargetSpans.cut(rows.targets(i), maxSeqLength).length == 0)
                .count();
    }

    /** Tokens of the longest row before it is cut. */
    public int longestRow() {
        return IntStream.range(0, rows.size()).map(rows::length).max().orElseThrow();
    }

    /** Tokens that a row is padded to, as in mlx-lm: few widths, and one token more for the targets. */
    static int width(int longest) {
        return 1 + PAD_TO * Math.ceilDiv(longest, PAD_TO);
    }

    private Batch batch(int index) {
        int perExample = rows.rowsPerExample();
        int start = index * batchSize;
        int examples = Math.min(batchSize, order.length - start);
        int[] numbers = new int[examples * perExample];
        Arrays.setAll(numbers, i -> order[start + i / perExample] * perExample + i % perExample);
        TokenizedRow[] taken = Arrays.stream(numbers).mapToObj(rows::get).toArray(TokenizedRow[]::new);
        int longest =
                Arrays.stream(taken).mapToInt(row -> row.tokens().length).max().orElseThrow();
        int width = Math.min(width(longest), maxSeqLength);
        int[] tokens = new int[taken.length * width];
        int[][] targets = new int[taken.length][];
        int[] lengths = new int[taken.length];
        for (int i = 0; i < taken.length; i++) {
            int[] row = taken[i].tokens();
            lengths[i] = Math.min(row.length, maxSeqLength);
            targets[i] = TargetSpans.cut(taken[i].targets(), maxSeqLength);
            System.arraycopy(row, 0, tokens, i * width, lengths[i]);
        }
        int[] sources = Arrays.stream(numbers).map(row -> row / perExample).toArray();
        return new Batch(taken.length, width, tokens, targets, lengths, sources);
    }
}
