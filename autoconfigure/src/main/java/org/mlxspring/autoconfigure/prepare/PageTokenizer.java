package org.mlxspring.autoconfigure.prepare;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.EncodedRow;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.RowTokenizer;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Tokenizes pages; several at once.
 *
 * @param version of the rows, for messages
 * @param tokenizer what tokenizes them
 */
record PageTokenizer(DatasetVersion version, RowTokenizer tokenizer) implements ItemProcessor<RowPage, TokenPage> {

    @Override
    public TokenPage process(RowPage page) {
        List<EncodedRow> rows = new ArrayList<>(page.rows().size());
        for (StoredRow row : page.rows()) {
            try {
                rows.add(tokenizer.tokenize(row.id(), row.json().getBytes(StandardCharsets.UTF_8), RowKeys.standard()));
            } catch (RowRefusal e) {
                throw new PreparationFailedException("Row " + row.id() + " of dataset '" + version.dataset()
                        + "' version " + version.version() + " " + e.reason() + ".");
            }
        }
        return new TokenPage(page.split(), rows);
    }
}
