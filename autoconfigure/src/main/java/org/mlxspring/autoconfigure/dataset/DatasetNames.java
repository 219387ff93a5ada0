package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.transaction.support.TransactionOperations;

/** Datasets by their names. */
final class DatasetNames {

    private final TransactionOperations transactions;
    private final DatasetRepository datasets;

    DatasetNames(MlxDatabase database) {
        transactions = database.transactions();
        datasets = database.repository(DatasetRepository.class);
    }

    /**
     * The id of a dataset, which is made if there is none.
     *
     * @throws ProblemException if the name is unusable
     */
    long open(String name) {
        requireUsable(name);
        return datasets.findByName(name).map(DatasetEntity::id).orElseGet(() -> make(name));
    }

    /** @throws ProblemException if there is no such dataset; it lists those there are */
    DatasetEntity get(String name) {
        return datasets.findByName(name).orElseThrow(() -> unknown(name));
    }

    private static void requireUsable(String name) {
        UsableName.ruleOfDataset(name).ifPresent(rule -> {
            throw ProblemException.invalid(
                    "Unusable name", "The name of a dataset " + rule + ".", Map.of("field", "name"));
        });
    }

    private long make(String name) {
        try {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            transactions.executeWithoutResult(status -> datasets.saveAndFlush(new DatasetEntity(name, now)));
        } catch (RuntimeException e) {
            // Somebody else made it at the same moment; Hibernate's own exception says so.
            return datasets.findByName(name).map(DatasetEntity::id).orElseThrow(() -> e);
        }
        return get(name).id();
    }

    private ProblemException unknown(String name) {
        List<String> known = datasets.names();
        return ProblemException.notFound(
                "Unknown dataset",
                "There is no dataset '" + name + "'. "
                        + (known.isEmpty() ? "None was made yet." : "There are: " + String.join(", ", known) + "."),
                Map.of("datasets", known));
    }
}
