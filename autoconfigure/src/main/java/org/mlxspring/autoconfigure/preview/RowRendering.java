package org.mlxspring.autoconfigure.preview;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.NumberedRow;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.Row;
import org.mlxspring.engine.data.RowException;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.text.StreamingDetokenizer;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.TokenizerException;

/** Renders rows with the tokenizer and chat template of a base model, as training does. For one thread. */
public final class RowRendering implements AutoCloseable {

    private static final Path NO_FILE = Path.of("row");

    private final Tokenizer tokenizer;
    private final RowTokenizer rows;
    private final RowTokenizer preferences;
    private final int longest;

    private RowRendering(Tokenizer tokenizer, LossMask mask, int longest) {
        this.tokenizer = tokenizer;
        this.longest = longest;
        rows = new RowTokenizer(tokenizer, mask);
        preferences = RowTokenizer.ofPreferences(tokenizer);
    }

    /**
     * Opens a model's tokenizer.
     *
     * @param model folder of the base model
     * @param mask what of a row is learned; of a preference it is always the answer
     * @param longest tokens after which a row is cut, as {@code max_seq_length}
     * @throws TokenizerException if the folder has none that can be read
     */
    public static RowRendering open(Path model, LossMask mask, int longest) {
        return new RowRendering(Tokenizer.load(model), mask, longest);
    }

    /**
     * What the model reads of a row.
     *
     * @return one text; of a preference two, the better answer first
     * @throws RowRefusal if the model's chat template or the mask cannot take the row
     */
    public List<SeenText> see(Row row) throws RowRefusal {
        boolean preference = row instanceof PreferenceRow;
        try {
            List<TokenizedRow> tokenized =
                    (preference ? preferences : rows).tokenize(new NumberedRow(NO_FILE, 1, 1, row));
            List<SeenText> texts = new ArrayList<>();
            for (TokenizedRow each : tokenized) {
                texts.add(seen(!preference ? "" : texts.isEmpty() ? "chosen" : "rejected", each));
            }
            return texts;
        } catch (RowException e) {
            throw new RowRefusal(e.reason());
        }
    }

    private SeenText seen(String answer, TokenizedRow row) {
        int[] ends = new int[row.tokens().length + 1];
        StreamingDetokenizer pieces = tokenizer.detokenizer();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.tokens().length; i++) {
            text.append(pieces.add(row.tokens()[i]));
            ends[i + 1] = text.length();
        }
        text.append(pieces.finish());
        ends[row.tokens().length] = text.length();
        List<SeenText.Part> trained = new ArrayList<>();
        int trainedTokens = 0;
        int[] targets = row.targets();
        for (int i = 0; i < targets.length; i += 2) {
            trained.add(new SeenText.Part(ends[targets[i]], ends[targets[i + 1]]));
            trainedTokens += targets[i + 1] - targets[i];
        }
        boolean lost = targets.length == 0 || targets[0] >= longest;
        return new SeenText(
                answer, text.toString(), trained, row.tokens().length, trainedTokens, row.tokens().length > longest, lost);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
