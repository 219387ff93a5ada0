package org.mlxspring.autoconfigure.source;

/**
 * What a zip may unpack to; one that would become more was made to do harm.
 *
 * @param bytes most bytes of all its files together
 * @param files most files
 */
record ZipLimits(long bytes, int files) {

    /** Ten times what an upload may have, and a million files. */
    static ZipLimits ofUpload(long maxUpload) {
        return new ZipLimits(Math.multiplyExact(10L, maxUpload), 1_000_000);
    }
}
