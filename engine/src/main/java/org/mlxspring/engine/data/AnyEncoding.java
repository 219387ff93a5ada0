package org.mlxspring.engine.data;

import java.util.List;
import org.mlxspring.engine.text.Tokenizer;

/**
 * Rows of any format as one row each, for judging a model: of a preference the better answer.
 *
 * @param mask what counts of a row with one answer
 */
record AnyEncoding(LossMask mask) implements RowEncoding {

    @Override
    public RowFormat format(RowKeys keys) {
        return new AnyFormat(keys, mask);
    }

    @Override
    public String name() {
        return "any " + mask.settingName();
    }

    @Override
    public int rowsPerExample() {
        return 1;
    }

    @Override
    public List<TokenizedRow> encode(Row row, Tokenizer tokenizer) throws RowRefusal {
        return row instanceof PreferenceRow preference
                ? List.of(PreferenceEncoding.better(preference, tokenizer))
                : new SupervisedEncoding(mask).encode(row, tokenizer);
    }
}
