package org.mlxspring.engine.data;

import java.util.List;
import org.mlxspring.engine.text.Tokenizer;

/** How rows of one kind become token ids. */
interface RowEncoding {

    /** What the rows are read as. */
    RowFormat format(RowKeys keys);

    /** Under what name a token store says that it was made so. */
    String name();

    /** Rows of token ids that one row becomes. */
    int rowsPerExample();

    /**
     * Token ids of a row; as many as {@link #rowsPerExample()} says.
     *
     * @throws RowRefusal when the row does not suit the tokenizer
     * @throws org.mlxspring.engine.text.jinja.TemplateException when the chat template refuses it
     * @throws org.mlxspring.engine.text.TokenizerException when there is no chat template
     */
    List<TokenizedRow> encode(Row row, Tokenizer tokenizer) throws RowRefusal;
}
