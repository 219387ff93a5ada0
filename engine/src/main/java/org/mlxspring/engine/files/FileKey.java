package org.mlxspring.engine.files;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** The secret that sealed files are written and read with: 32 bytes, which no text about this object shows. */
public final class FileKey {

    /** Its length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private FileKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key of these bytes, which are copied.
     *
     * @throws IllegalArgumentException unless they are {@value #LENGTH}
     */
    public static FileKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a file key has " + bytes.length + " bytes; it must have " + LENGTH + ".");
        }
        return new FileKey(bytes.clone());
    }

    /** A new key that nobody else has. */
    public static FileKey random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new FileKey(bytes);
    }

    /**
     * The key that {@link #encoded()} gave.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static FileKey decoded(String base64) {
        return of(Base64.getDecoder().decode(base64));
    }

    /** The key itself, in Base64: for nothing but a channel that nobody else reads. */
    public String encoded() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "FileKey[not shown]";
    }
}
