package org.mlxspring.autoconfigure.encryption;

/**
 * Bytes that only a key of their dataset opens.
 *
 * @param keyNumber number of the dataset's key that they are sealed with
 * @param bytes nonce of 12 bytes, ciphertext, tag of 16 bytes
 */
public record Sealed(int keyNumber, byte[] bytes) {}
