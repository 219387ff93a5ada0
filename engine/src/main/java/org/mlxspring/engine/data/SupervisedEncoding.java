package org.mlxspring.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.mlxspring.engine.text.BegunTokens;
import org.mlxspring.engine.text.Tokenizer;

/**
 * Rows with one answer, as mlx-lm tokenizes them: text rows get the eos token at their end, the others go through the
 * chat template.
 *
 * @param mask what of them is learned
 */
record SupervisedEncoding(LossMask mask) implements RowEncoding {

    @Override
    public RowFormat format(RowKeys keys) {
        return new SupervisedFormat(keys, mask);
    }

    @Override
    public String name() {
        return mask.settingName();
    }

    @Override
    public int rowsPerExample() {
        return 1;
    }

    @Override
    public List<TokenizedRow> encode(Row row, Tokenizer tokenizer) throws RowRefusal {
        return List.of(
                switch (row) {
                    case TextRow(String text) -> text(text, tokenizer);
                    case ChatRow chat -> chat(chat, tokenizer);
                    case CompletionRow(String prompt, String completion, List<Map<String, Object>> tools) ->
                        chat(
                                new ChatRow(
                                        List.of(
                                                Map.of("role", "user", "content", prompt),
                                                Map.of("role", "assistant", "content", completion)),
                                        tools),
                                tokenizer);
                    case PreferenceRow _ ->
                        throw new RowRefusal("is a preference; use train_mode dpo or orpo to learn from it");
                });
    }

    private TokenizedRow text(String text, Tokenizer tokenizer) throws RowRefusal {
        if (mask != LossMask.ROW) {
            throw new RowRefusal("is a text row, which has no prompt to mask; use loss_mask row");
        }
        OptionalInt eos = tokenizer.eosToken();
        if (eos.isEmpty()) {
            throw new RowRefusal(
                    "needs an end, but " + tokenizer.folder() + " has no eos_token; add it to tokenizer_config.json");
        }
        int[] tokens = tokenizer.encode(text, true);
        if (tokens.length > 0 && tokens[tokens.length - 1] == eos.getAsInt()) {
            return TokenizedRow.after(0, tokens);
        }
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = eos.getAsInt();
        return TokenizedRow.after(0, ended);
    }

    private TokenizedRow chat(ChatRow row, Tokenizer tokenizer) throws RowRefusal {
        return switch (mask) {
            case ROW -> row.unlearned().isEmpty() ? whole(row, tokenizer) : withoutTurns(row, tokenizer);
            case PROMPT -> answer(row, tokenizer);
            case ASSISTANT -> turns(row, tokenizer);
        };
    }

    private static TokenizedRow whole(ChatRow row, Tokenizer tokenizer) {
        return TokenizedRow.after(0, tokenizer.encodeChat(row.messages(), row.tools(), false));
    }

    private static TokenizedRow withoutTurns(ChatRow row, Tokenizer tokenizer) throws RowRefusal {
        AssistantTurns turns = new AssistantTurns(row, tokenizer);
        boolean[] learned = new boolean[turns.tokens().length];
        Arrays.fill(learned, true);
        turns.mark(true, learned, false);
        return new TokenizedRow(turns.tokens(), TargetSpans.of(learned));
    }

    private static TokenizedRow turns(ChatRow row, Tokenizer tokenizer) throws RowRefusal {
        AssistantTurns turns = new AssistantTurns(row, tokenizer);
        boolean[] learned = new boolean[turns.tokens().length];
        turns.mark(false, learned, true);
        return new TokenizedRow(turns.tokens(), TargetSpans.of(learned));
    }

    /** The answer begins after as many tokens as the prompt has alone, as mlx-lm counts them for its {@code mask_prompt}. */
    private static TokenizedRow answer(ChatRow row, Tokenizer tokenizer) {
        List<Map<String, Object>> messages = row.messages();
        String whole = tokenizer.renderChat(messages, row.tools(), false);
        if (row.unlearned().contains(messages.size() - 1)) {
            int[] tokens = tokenizer.encode(whole, false);
            return TokenizedRow.after(tokens.length, tokens);
        }
        boolean answered = "assistant".equals(messages.getLast().get("role"));
        String prompt = tokenizer.renderChat(messages.subList(0, messages.size() - 1), row.tools(), answered);
        BegunTokens tokens = tokenizer.encodeBegun(whole, prompt);
        return TokenizedRow.after(tokens.beginning(), tokens.ids());
    }
}
