package org.mlxspring.autoconfigure.dataset;

/**
 * A place besides the table of rows where a concern keeps rows, or something about them: token stores, refused rows,
 * findings. Every erasure asks each bean of this type, more than once if it was interrupted.
 */
public interface ErasableStore {

    /** What it keeps, in a few words for the report, such as {@code findings of checks}. */
    String place();

    /**
     * Removes all that it has of these rows.
     *
     * @return how many things were removed or written anew; 0 where there was nothing
     */
    long erase(ErasedRows rows);

    /** Looks for what it still has of these rows. */
    Holding look(ErasedRows rows);

    /**
     * @param examined how many things were looked at
     * @param left how many of them hold something of the rows
     */
    record Holding(long examined, long left) {}
}
