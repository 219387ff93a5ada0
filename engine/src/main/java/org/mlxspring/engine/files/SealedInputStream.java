package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Reads a sealed file from its beginning to its end. Bytes are given out once their block was found to be genuine; that the
 * file was cut shows when it is opened or at its last block, before its end is told. For one thread.
 */
public final class SealedInputStream extends InputStream {

    private final Path file;
    private final InputStream in;
    private final BlockCipher cipher;
    private final int blocks;
    private final byte[] plain = new byte[BlockCipher.BLOCK];
    private final byte[] sealed = new byte[BlockCipher.SEALED];
    private int next;
    private int at;
    private int end;

    /** @throws SealedFileException if it is no whole sealed file */
    public SealedInputStream(Path file, FileKey key) throws IOException {
        this.file = file;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            in = Channels.newInputStream(channel);
            blocks = BlockCipher.blocks(file, channel.size());
            cipher = BlockCipher.resume(file, in, key);
        } catch (IOException | RuntimeException e) {
            try (channel) {
                throw e;
            }
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[at++] & 0xff : -1;
    }

    /** @throws SealedFileException if the file is damaged, or its key another one */
    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (count == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(count, end - at);
        System.arraycopy(plain, at, bytes, offset, part);
        at += part;
        return part;
    }

    @Override
    public int available() {
        return end - at;
    }

    /** Whether there is a byte to give out. */
    private boolean fill() throws IOException {
        while (at == end && next < blocks) {
            int count = in.readNBytes(sealed, 0, sealed.length);
            if (count < BlockCipher.TAG) {
                throw SealedFileException.block(file, next);
            }
            end = cipher.open(file, sealed, count, next, next == blocks - 1, plain);
            at = 0;
            next++;
        }
        return at < end;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
