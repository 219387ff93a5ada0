package org.mlxspring.autoconfigure.source;

/** What an import read before it was interrupted is not what its source gives now; the import has to begin anew. */
final class RowsChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RowsChangedException() {
        super("The rows that were read before the import was interrupted changed in the source.", null, false, false);
    }
}
