package org.mlxspring.autoconfigure.dataset;

/** Looks at a new version before runs may use it: the checks. */
public interface VersionGate {

    /** Whether the version holds what must not be trained on. */
    boolean blocks(DatasetVersion version);
}
