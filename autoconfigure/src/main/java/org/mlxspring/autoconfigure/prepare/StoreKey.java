package org.mlxspring.autoconfigure.prepare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.mlxspring.autoconfigure.encryption.Sha256;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.TokenStore;

/** The name of a token store among those of its version: two with the same name would hold the same tokens. */
final class StoreKey {

    /** Raised when the engine makes other tokens of the same row than it did before. */
    private static final int FORMAT = 1;

    private static final int LENGTH = 32;

    private StoreKey() {}

    /** The first half of the SHA-256 of all that decides about the tokens, in hexadecimal. */
    static String of(TokenStore.Origin origin, int maxSeqLength) {
        RowKeys keys = origin.keys();
        List<String> parts = List.of(
                "format " + FORMAT,
                origin.tokenizer(),
                origin.template(),
                origin.targets(),
                keys.promptFeature(),
                keys.completionFeature(),
                keys.textFeature(),
                keys.chatFeature(),
                "length " + maxSeqLength);
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }
}
