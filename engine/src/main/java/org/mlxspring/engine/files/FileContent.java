package org.mlxspring.engine.files;

/**
 * Any place of a file that is not changed while it is read, little-endian. Numbers must be aligned to their size. Safe for
 * several threads, and nothing needs to be closed.
 */
public interface FileContent {

    /** Number of bytes. */
    long size();

    /** The int32 at an offset. */
    int intAt(long offset);

    /** The int64 at an offset. */
    long longAt(long offset);

    /** So many bytes from an offset on. */
    byte[] bytes(long offset, int count);

    /** So many int32 from an offset on. */
    int[] ints(long offset, int count);

    /** CRC-32C of the first {@code count} bytes. */
    int checksum(long count);
}
