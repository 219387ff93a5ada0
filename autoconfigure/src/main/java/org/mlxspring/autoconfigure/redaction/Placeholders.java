package org.mlxspring.autoconfigure.redaction;

/** What is written in place of what was found. The same type and value get the same placeholder. */
public interface Placeholders {

    /**
     * @param type type of the finding
     * @param value its value, in the one writing that its detector gives it
     * @return {@code [TYPE-XXXXXX]}, the type and six digits or capital letters
     */
    String placeholder(String type, String value);

    /**
     * Placeholders from a secret key: without it nobody can tell which value stands behind one, not even by trying
     * values.
     *
     * @param key at least 16 bytes
     */
    static Placeholders keyed(byte[] key) {
        return new KeyedPlaceholders(key);
    }
}
