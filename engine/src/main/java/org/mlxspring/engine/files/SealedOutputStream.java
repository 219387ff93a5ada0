package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Writes a sealed file, in blocks of 64 KB: nothing of it is on the disk in the clear. What was written before {@link #close()}
 * cannot be read as a file; who stops because of an error must delete it rather than close it and go on. For one thread.
 */
public final class SealedOutputStream extends OutputStream {

    private final OutputStream out;
    private final BlockCipher cipher;
    private final byte[] plain = new byte[BlockCipher.BLOCK];
    private final byte[] sealed = new byte[BlockCipher.SEALED];
    private int filled;
    private int block;
    private boolean closed;

    /**
     * Begins a file.
     *
     * @param out receives the sealed bytes and is closed with this stream
     */
    public SealedOutputStream(OutputStream out, FileKey key) throws IOException {
        this.out = out;
        this.cipher = BlockCipher.begin(out, key);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (closed) {
            throw new IOException("the sealed file is closed");
        }
        int done = 0;
        while (done < count) {
            if (filled == plain.length) {
                writeBlock(false);
            }
            int part = Math.min(count - done, plain.length - filled);
            System.arraycopy(bytes, offset + done, plain, filled, part);
            filled += part;
            done += part;
        }
    }

    private void writeBlock(boolean last) throws IOException {
        int count = cipher.seal(plain, filled, block, last, sealed);
        // Counted before it is written: whatever becomes of the write, no other block is sealed under this number.
        block = Math.incrementExact(block);
        filled = 0;
        out.write(sealed, 0, count);
    }

    /** Hands on the blocks that are full; what was written since can be sealed with its block alone. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Writes the last block, with which the file is whole. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            writeBlock(true);
        }
    }
}
