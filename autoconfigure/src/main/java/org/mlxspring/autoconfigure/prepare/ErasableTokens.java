package org.mlxspring.autoconfigure.prepare;

import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;

/** Takes erased rows out of the token stores of the versions that had them. */
final class ErasableTokens implements ErasableStore {

    private final PreparedTokens tokens;

    ErasableTokens(PreparedTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String place() {
        return "rows in token stores";
    }

    @Override
    public long erase(ErasedRows rows) {
        return rows.versions().stream()
                .mapToLong(version -> tokens.without(version, rows.rows()))
                .sum();
    }

    @Override
    public Holding look(ErasedRows rows) {
        return rows.versions().stream()
                .map(version -> tokens.look(version, rows.rows()))
                .reduce(
                        new Holding(0, 0),
                        (one, other) -> new Holding(one.examined() + other.examined(), one.left() + other.left()));
    }
}
