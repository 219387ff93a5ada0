package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Any place of a sealed file, which is mapped into memory as it is on the disk; the few blocks read last are kept in the
 * clear. Safe for several threads, and nothing needs to be closed.
 */
public final class SealedFile implements FileContent {

    /** Blocks of one mapping: just over 1 GiB, of the 2 GiB that one may have. */
    private static final int PIECE = 1 << 14;

    private static final int KEPT = 4;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final BlockCipher cipher;
    private final ByteBuffer[] pieces;
    private final int blocks;
    private final long size;
    private final byte[] sealed = new byte[BlockCipher.SEALED];
    private final Map<Integer, byte[]> opened = new LinkedHashMap<>(2 * KEPT, 0.75f, true);

    private SealedFile(Path file, BlockCipher cipher, ByteBuffer[] pieces, int blocks, long size) {
        this.file = file;
        this.cipher = cipher;
        this.pieces = pieces;
        this.blocks = blocks;
        this.size = size;
    }

    /**
     * Opens a file.
     *
     * @throws SealedFileException if it is no whole sealed file, or its key another one
     */
    public static SealedFile open(Path file, FileKey key) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            BlockCipher cipher = BlockCipher.resume(file, Channels.newInputStream(channel), key);
            int blocks = BlockCipher.blocks(file, channel.size());
            ByteBuffer[] pieces = new ByteBuffer[Math.ceilDiv(blocks, PIECE)];
            long whole = (long) PIECE * BlockCipher.SEALED;
            for (int i = 0; i < pieces.length; i++) {
                long start = BlockCipher.HEADER + i * whole;
                pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(whole, channel.size() - start));
            }
            long size = channel.size() - BlockCipher.HEADER - (long) blocks * BlockCipher.TAG;
            SealedFile opened = new SealedFile(file, cipher, pieces, blocks, size);
            // The last block alone tells that nothing was cut off, and any that the key fits.
            opened.openBlock(blocks - 1);
            return opened;
        }
    }

    /** Number of bytes that were sealed. */
    @Override
    public long size() {
        return size;
    }

    /**
     * Reads {@code count} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if they are not all in the file
     * @throws UncheckedIOException with a {@link SealedFileException} if they are damaged
     */
    public void read(long offset, byte[] target, int from, int count) {
        Objects.checkFromIndexSize(offset, count, size);
        Objects.checkFromIndexSize(from, count, target.length);
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int within = (int) (at % BlockCipher.BLOCK);
            int part = Math.min(count - done, BlockCipher.BLOCK - within);
            System.arraycopy(block((int) (at / BlockCipher.BLOCK)), within, target, from + done, part);
            done += part;
        }
    }

    @Override
    public byte[] bytes(long offset, int count) {
        byte[] bytes = new byte[count];
        read(offset, bytes, 0, count);
        return bytes;
    }

    @Override
    public int intAt(long offset) {
        return (int) INT.get(blockOf(offset), (int) (offset % BlockCipher.BLOCK));
    }

    @Override
    public long longAt(long offset) {
        return (long) LONG.get(blockOf(offset), (int) (offset % BlockCipher.BLOCK));
    }

    @Override
    public int[] ints(long offset, int count) {
        int[] ints = new int[count];
        ByteBuffer.wrap(bytes(offset, Math.multiplyExact(count, Integer.BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(ints);
        return ints;
    }

    @Override
    public int checksum(long count) {
        CRC32C checksum = new CRC32C();
        for (long done = 0; done < count; done += BlockCipher.BLOCK) {
            checksum.update(blockOf(done), 0, (int) Math.min(BlockCipher.BLOCK, count - done));
        }
        return (int) checksum.getValue();
    }

    private byte[] blockOf(long offset) {
        return block((int) (Objects.checkIndex(offset, size) / BlockCipher.BLOCK));
    }

    private synchronized byte[] block(int number) {
        byte[] kept = opened.get(number);
        if (kept != null) {
            return kept;
        }
        try {
            return openBlock(number);
        } catch (SealedFileException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized byte[] openBlock(int number) throws SealedFileException {
        ByteBuffer piece = pieces[number / PIECE];
        int start = number % PIECE * BlockCipher.SEALED;
        int count = Math.min(BlockCipher.SEALED, piece.limit() - start);
        piece.get(start, sealed, 0, count);
        // One that is no longer kept may still be read by another thread, so its array is not used again.
        byte[] plain = new byte[count - BlockCipher.TAG];
        cipher.open(file, sealed, count, number, number == blocks - 1, plain);
        opened.put(number, plain);
        if (opened.size() > KEPT) {
            opened.remove(opened.keySet().iterator().next());
        }
        return plain;
    }
}
