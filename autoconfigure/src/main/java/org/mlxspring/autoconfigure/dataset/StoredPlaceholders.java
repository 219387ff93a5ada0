package org.mlxspring.autoconfigure.dataset;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.redaction.DatasetPlaceholders;
import org.mlxspring.autoconfigure.redaction.Placeholders;

/** Placeholders from a key that is derived from the dataset's names key, which never changes. */
class StoredPlaceholders implements DatasetPlaceholders {

    private static final String LABEL = "placeholder";

    private final DatasetNames names;
    private final Keyring keyring;

    StoredPlaceholders(MlxDatabase database, Keyring keyring) {
        this.names = new DatasetNames(database);
        this.keyring = keyring;
    }

    @Override
    public Placeholders of(String dataset) {
        return Placeholders.keyed(keyring.of(names.get(dataset).id()).derived(LABEL));
    }
}
