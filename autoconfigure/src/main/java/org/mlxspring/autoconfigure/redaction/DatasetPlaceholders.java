package org.mlxspring.autoconfigure.redaction;

import org.mlxspring.autoconfigure.problem.ProblemException;

/** The placeholders that a dataset's rows get, from the key that the dataset keeps for names. */
public interface DatasetPlaceholders {

    /**
     * @param dataset name of the dataset
     * @throws ProblemException if there is no such dataset
     */
    Placeholders of(String dataset);
}
