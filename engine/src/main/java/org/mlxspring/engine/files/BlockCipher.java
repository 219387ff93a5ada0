package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The blocks of one sealed file. For one thread.
 *
 * <p>The file, big-endian: {@value #MAGIC}, the format's version as int32 and {@value #SALT} random bytes, its salt; then
 * blocks of {@value #BLOCK} bytes, the last of 1 to {@value #BLOCK} or, in an empty file, of none. Each is written as AES-256-GCM
 * gives it, followed by its tag of {@value #TAG} bytes. The AES key of the file is HKDF-SHA256 (RFC 5869) of the file key
 * and the salt; a nonce is the first 8 bytes of the salt and the block's number from 0 as int32; the associated data is the
 * header, the block's number as int32, and a byte that is 1 for the last block and 0 for others. So a block opens in its
 * own file and place alone, and a file that was cut or grew has no last block: the construction STREAM of Hoang,
 * Reyhanitabar, Rogaway and Vizár (2015).
 */
final class BlockCipher {

    static final String MAGIC = "mlxseal\n";
    static final int SALT = 16;
    static final int HEADER = 8 + Integer.BYTES + SALT;
    static final int BLOCK = 1 << 16;
    static final int TAG = 16;
    static final int SEALED = BLOCK + TAG;

    private static final int VERSION = 1;
    private static final int NONCE_PREFIX = 8;
    private static final byte[] USE = "mlx sealed file".getBytes(StandardCharsets.US_ASCII);

    private final byte[] header;
    private final SecretKey key;
    private final Cipher cipher;

    private BlockCipher(byte[] header, FileKey key) {
        this.header = header;
        try {
            byte[] salt = Arrays.copyOfRange(header, HEADER - SALT, HEADER);
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key.bytes())
                                    .addSalt(salt)
                                    .thenExpand(USE, FileKey.LENGTH));
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this version has AES-GCM and HKDF", e);
        }
    }

    /** For a new file, whose header is written. */
    static BlockCipher begin(OutputStream out, FileKey key) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        byte[] header = ByteBuffer.allocate(HEADER)
                .put(MAGIC.getBytes(StandardCharsets.US_ASCII))
                .putInt(VERSION)
                .put(salt)
                .array();
        out.write(header);
        return new BlockCipher(header, key);
    }

    /**
     * For a file that is there, whose header is read.
     *
     * @throws SealedFileException if it is none
     */
    static BlockCipher resume(Path file, InputStream in, FileKey key) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        boolean named = header.length == HEADER
                && new String(header, 0, MAGIC.length(), StandardCharsets.US_ASCII).equals(MAGIC);
        if (!named) {
            throw new SealedFileException(file, "is not a sealed file");
        }
        int version = ByteBuffer.wrap(header).getInt(MAGIC.length());
        if (version != VERSION) {
            throw new SealedFileException(
                    file, "is sealed in the format version " + version + ", and " + VERSION + " is read here");
        }
        return new BlockCipher(header, key);
    }

    /** The number of blocks of a file of so many bytes, from 1. */
    static int blocks(Path file, long bytes) throws SealedFileException {
        long sealed = bytes - HEADER;
        long blocks = Math.ceilDiv(sealed, SEALED);
        long last = sealed - (blocks - 1) * SEALED;
        if (sealed < TAG || blocks > Integer.MAX_VALUE || last < TAG || last == TAG && blocks > 1) {
            throw new SealedFileException(file, "is sealed and was cut");
        }
        return (int) blocks;
    }

    /** Seals the first bytes of a block; gives the number of bytes written to {@code target}. */
    int seal(byte[] plain, int count, int block, boolean last, byte[] target) {
        try {
            start(Cipher.ENCRYPT_MODE, block, last);
            return cipher.doFinal(plain, 0, count, target, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block of a file could not be sealed", e);
        }
    }

    /**
     * Opens the first bytes of a sealed block; gives the number of bytes written to {@code target}.
     *
     * @throws SealedFileException if it is damaged, from another place or file, or sealed with another key
     */
    int open(Path file, byte[] sealed, int count, int block, boolean last, byte[] target) throws SealedFileException {
        try {
            start(Cipher.DECRYPT_MODE, block, last);
            return cipher.doFinal(sealed, 0, count, target, 0);
        } catch (GeneralSecurityException e) {
            throw SealedFileException.block(file, block);
        }
    }

    private void start(int mode, int block, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_PREFIX + Integer.BYTES)
                .put(header, HEADER - SALT, NONCE_PREFIX)
                .putInt(block)
                .array();
        cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * TAG, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES + 1)
                .putInt(block)
                .put((byte) (last ? 1 : 0))
                .flip());
    }
}
