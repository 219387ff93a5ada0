package org.mlxspring.autoconfigure.encryption;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of versions, token stores and positions; every Java has it. */
public final class Sha256 {

    private Sha256() {}

    /** A digest that has read nothing yet; its hash has 32 bytes. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}
