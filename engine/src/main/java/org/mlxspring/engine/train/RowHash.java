package org.mlxspring.engine.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.mlxspring.engine.data.Batch;

/** Names for rows and batches by what is in them, so that what is known of one is found again, and never for another. */
final class RowHash {

    private RowHash() {}

    /** Of the first tokens of a row of a batch, and of further numbers. */
    static String of(Batch batch, int row, int length, int... further) {
        IntBuffer numbers = IntBuffer.allocate(1 + length + further.length);
        numbers.put(length).put(batch.tokens(), row * batch.width(), length).put(further);
        return of(numbers.array());
    }

    /**
     * Of all rows of a batch.
     *
     * @param lengths how many tokens of each row count
     */
    static String of(Batch batch, int[] lengths) {
        IntBuffer numbers = IntBuffer.allocate(IntStream.of(lengths).sum() + lengths.length);
        for (int row = 0; row < lengths.length; row++) {
            numbers.put(lengths[row]).put(batch.tokens(), row * batch.width(), lengths[row]);
        }
        return of(numbers.array());
    }

    private static String of(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(numbers);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
