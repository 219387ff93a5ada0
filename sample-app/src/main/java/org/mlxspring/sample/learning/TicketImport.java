package org.mlxspring.sample.learning;

import java.time.Duration;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.DatasetVersionView;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.source.ImportState;
import org.mlxspring.autoconfigure.source.ImportView;
import org.mlxspring.autoconfigure.source.Imports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/** Reads answered tickets into the dataset at once, as the starter does by itself before each nightly run. */
@Component
class TicketImport {

    /** The dataset's name, and that of its source, as in {@code mlx.datasets.sources.tickets}. */
    static final String DATASET = "tickets";

    private static final Logger LOG = LoggerFactory.getLogger(TicketImport.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Imports imports;
    private final Datasets datasets;

    TicketImport(Imports imports, Datasets datasets) {
        this.imports = imports;
        this.datasets = datasets;
    }

    /** The version with all tickets that are answered now; empty, with the reason in the log, where the import failed. */
    Optional<DatasetVersionView> read(String by) throws InterruptedException {
        ImportView read = imports.await(imports.start(DATASET, by).id(), LONGEST);
        if (read.state() != ImportState.SUCCEEDED) {
            LOG.error("The tickets were not imported, import {} is {}: {}", read.id(), read.state(), read.reason());
            return Optional.empty();
        }
        return datasets
                .versions(DATASET, PageRequest.of(0, 1, Sort.by("version").descending()))
                .stream()
                .findFirst();
    }
}
