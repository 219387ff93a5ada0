package org.mlxspring.autoconfigure.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.IntakeMode;

/**
 * What an import has to do, as it is kept from its start to its end.
 *
 * @param id its id
 * @param intake the id that the intake of rows knows it by; another one after it had to begin anew
 * @param dataset name of the dataset
 * @param source name of the source; empty for what was sent
 * @param mode whether its rows are the whole content
 * @param settings how to read what there is to read
 * @param since watermark to begin at
 * @param versionId the version that it made, once it did
 * @param user who asked for it
 */
record ImportPlan(
        long id,
        long intake,
        String dataset,
        Optional<String> source,
        IntakeMode mode,
        Settings settings,
        Optional<String> since,
        Optional<Long> versionId,
        String user) {

    /**
     * @param parts the files that were sent; none for a source
     * @param columns name of a column by what it holds
     * @param skipLimit see {@link SkipLimit}
     */
    record Settings(List<Part> parts, Map<String, String> columns, String skipLimit) {}

    /**
     * A file that was sent, sealed under the home folder.
     *
     * @param name how it is called in places; empty where there is only one
     * @param format what it is
     * @param split name of the split that all of its rows belong to; empty to let the rows decide
     */
    record Part(String name, SourceFormat format, String split) {}
}
