package org.mlxspring.autoconfigure.dataset;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.redaction.DatasetPlaceholders;
import org.mlxspring.autoconfigure.redaction.Placeholders;

/** The placeholders of datasets that are in the database, by their names. */
class StoredPlaceholders implements DatasetPlaceholders {

    private final DatasetNames names;
    private final Keyring keyring;

    StoredPlaceholders(MlxDatabase database, Keyring keyring) {
        this.names = new DatasetNames(database);
        this.keyring = keyring;
    }

    @Override
    public Placeholders of(String dataset) {
        return DatasetPlaceholders.from(keyring.of(names.get(dataset).id()));
    }
}
