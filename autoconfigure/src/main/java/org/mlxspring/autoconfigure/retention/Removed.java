package org.mlxspring.autoconfigure.retention;

/**
 * What the clean-up removed of one kind, or would remove.
 *
 * @param what what it is, in words
 * @param count how many
 * @param bytes how much room on the disk, in bytes; 0 for what is in the database
 */
public record Removed(String what, long count, long bytes) {}
