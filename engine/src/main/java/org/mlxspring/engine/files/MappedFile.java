package org.mlxspring.engine.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A file of any size as it is on the disk, mapped into memory in pieces of 1 GiB. */
final class MappedFile implements FileContent {

    private static final int PIECE_BITS = 30;
    private static final long PIECE = 1L << PIECE_BITS;

    private final ByteBuffer[] pieces;
    private final long size;

    MappedFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            size = channel.size();
            pieces = new ByteBuffer[Math.toIntExact(Math.ceilDiv(size, PIECE))];
            for (int i = 0; i < pieces.length; i++) {
                long start = i * PIECE;
                pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(PIECE, size - start))
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int intAt(long offset) {
        return pieces[piece(offset)].getInt(within(offset));
    }

    @Override
    public long longAt(long offset) {
        return pieces[piece(offset)].getLong(within(offset));
    }

    @Override
    public byte[] bytes(long offset, int count) {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            ByteBuffer piece = pieces[piece(offset + done)];
            int from = within(offset + done);
            int part = Math.min(count - done, piece.limit() - from);
            piece.get(from, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    @Override
    public int[] ints(long offset, int count) {
        int[] ints = new int[count];
        int done = 0;
        while (done < count) {
            long at = offset + (long) done * Integer.BYTES;
            ByteBuffer piece = pieces[piece(at)];
            int from = within(at);
            int part = Math.min(count - done, (piece.limit() - from) / Integer.BYTES);
            piece.slice(from, part * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .get(ints, done, part);
            done += part;
        }
        return ints;
    }

    @Override
    public int checksum(long count) {
        var checksum = new CRC32C();
        for (long done = 0; done < count; done += PIECE) {
            ByteBuffer piece = pieces[piece(done)];
            checksum.update(piece.slice(0, (int) Math.min(piece.limit(), count - done)));
        }
        return (int) checksum.getValue();
    }

    private static int piece(long offset) {
        return (int) (offset >>> PIECE_BITS);
    }

    private static int within(long offset) {
        return (int) (offset & PIECE - 1);
    }
}
