package org.mlxspring.autoconfigure.encryption;

/**
 * What a rotation of the master key did.
 *
 * @param wrapped how many keys of datasets were wrapped with the current master key
 */
public record KeysWrappedView(int wrapped) {}
