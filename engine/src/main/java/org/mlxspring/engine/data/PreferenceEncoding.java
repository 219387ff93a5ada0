package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.text.Tokenizer;

/** A preference as two rows, the better one first; of each the answer is learned, and the prompt is not. */
record PreferenceEncoding() implements RowEncoding {

    static final String NAME = "preference";

    @Override
    public RowFormat format(RowKeys keys) {
        return new PreferenceFormat(keys);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rowsPerExample() {
        return 2;
    }

    @Override
    public List<TokenizedRow> encode(Row row, Tokenizer tokenizer) {
        if (!(row instanceof PreferenceRow preference)) {
            throw new IllegalArgumentException("only preferences are read in this format");
        }
        int prompt = tokenizer.encodeChat(preference.prompt(), preference.tools(), true).length;
        return List.of(
                answered(preference, preference.chosen(), prompt, tokenizer),
                answered(preference, preference.rejected(), prompt, tokenizer));
    }

    /** The better answer alone. */
    static TokenizedRow better(PreferenceRow row, Tokenizer tokenizer) {
        int prompt = tokenizer.encodeChat(row.prompt(), row.tools(), true).length;
        return answered(row, row.chosen(), prompt, tokenizer);
    }

    private static TokenizedRow answered(
            PreferenceRow row, List<Map<String, Object>> answer, int prompt, Tokenizer tokenizer) {
        List<Map<String, Object>> whole = new ArrayList<>(row.prompt());
        whole.addAll(answer);
        return TokenizedRow.after(prompt, tokenizer.encodeChat(whole, row.tools(), false));
    }
}
