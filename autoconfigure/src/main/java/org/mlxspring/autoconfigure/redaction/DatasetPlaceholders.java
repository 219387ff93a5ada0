package org.mlxspring.autoconfigure.redaction;

import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.problem.ProblemException;

/** The placeholders that a dataset's rows get, from the key that the dataset keeps for names. */
public interface DatasetPlaceholders {

    /**
     * @param dataset name of the dataset
     * @throws ProblemException if there is no such dataset
     */
    Placeholders of(String dataset);

    /** @param keys of the dataset; what is derived from them never changes, so a value keeps its placeholder */
    static Placeholders from(DatasetKeys keys) {
        return Placeholders.keyed(keys.derived("placeholder"));
    }
}
