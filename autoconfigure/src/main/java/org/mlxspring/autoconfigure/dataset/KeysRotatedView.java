package org.mlxspring.autoconfigure.dataset;

/**
 * What a rotation did.
 *
 * @param resealed how many stored rows, originals and refused rows are sealed with the new key
 */
public record KeysRotatedView(long resealed) {}
