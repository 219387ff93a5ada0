package org.mlxspring.engine.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mlxspring.engine.text.jinja.TemplateException;

/** The tokenizer of a model folder, with its chat template. Safe for use by several threads at once. */
public final class Tokenizer implements AutoCloseable {

    private static final String LATER = "not written yet";

    private Tokenizer() {}

    /**
     * Reads {@code tokenizer.json} (required), {@code tokenizer_config.json}, {@code special_tokens_map.json},
     * {@code generation_config.json}, {@code config.json} and {@code chat_template.jinja}, as far as they are there.
     *
     * @throws TokenizerException when the folder holds no usable tokenizer
     */
    public static Tokenizer load(Path modelFolder) {
        throw new UnsupportedOperationException(LATER);
    }

    /** The folder this tokenizer was read from. */
    public Path folder() {
        throw new UnsupportedOperationException(LATER);
    }

    /** Token ids of a text, whole: never cut, never padded. */
    public int[] encode(String text, boolean addSpecialTokens) {
        throw new UnsupportedOperationException(LATER);
    }

    /** Token ids of several texts, in their order. */
    public List<int[]> encodeAll(List<String> texts, boolean addSpecialTokens) {
        throw new UnsupportedOperationException(LATER);
    }

    /** True when the model folder brings a chat template. */
    public boolean hasChatTemplate() {
        throw new UnsupportedOperationException(LATER);
    }

    /**
     * Text of a conversation by the chat template.
     *
     * @param messages as in a row: {@code role}, {@code content}, {@code tool_calls} and whatever the template reads
     * @param tools JSON schemas of the tools; empty when there are none
     * @param addGenerationPrompt whether the text ends where the assistant is to begin
     * @throws TemplateException when the template refuses the conversation
     * @throws TokenizerException when there is no chat template
     */
    public String renderChat(
            List<Map<String, Object>> messages, List<Map<String, Object>> tools, boolean addGenerationPrompt) {
        return renderChat(messages, tools, addGenerationPrompt, Map.of());
    }

    /** As above, with further variables for the template, for example {@code enable_thinking}. */
    public String renderChat(
            List<Map<String, Object>> messages,
            List<Map<String, Object>> tools,
            boolean addGenerationPrompt,
            Map<String, Object> variables) {
        throw new UnsupportedOperationException(LATER);
    }

    /** {@link #renderChat}, then its token ids, without the special tokens that {@link #encode} can add. */
    public int[] encodeChat(
            List<Map<String, Object>> messages, List<Map<String, Object>> tools, boolean addGenerationPrompt) {
        return encodeChat(messages, tools, addGenerationPrompt, Map.of());
    }

    /** As above, with further variables for the template. */
    public int[] encodeChat(
            List<Map<String, Object>> messages,
            List<Map<String, Object>> tools,
            boolean addGenerationPrompt,
            Map<String, Object> variables) {
        return encode(renderChat(messages, tools, addGenerationPrompt, variables), false);
    }

    /** Text of token ids. */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        throw new UnsupportedOperationException(LATER);
    }

    /** A new detokenizer for one stream of ids. */
    public StreamingDetokenizer detokenizer() {
        throw new UnsupportedOperationException(LATER);
    }

    /** Id of the token that begins a text, where the model has one. */
    public OptionalInt bosToken() {
        throw new UnsupportedOperationException(LATER);
    }

    /** Id of the token that ends a text, where the model has one. */
    public OptionalInt eosToken() {
        throw new UnsupportedOperationException(LATER);
    }

    /** Id of the token that fills a batch, where the model has one. */
    public OptionalInt padToken() {
        throw new UnsupportedOperationException(LATER);
    }

    /** Every id that ends a generation: the eos token and those of the generation configuration. */
    public Set<Integer> endTokens() {
        throw new UnsupportedOperationException(LATER);
    }

    /** Id of a token by its exact text in the vocabulary. */
    public OptionalInt idOf(String token) {
        throw new UnsupportedOperationException(LATER);
    }

    /** Text of a token in the vocabulary. */
    public Optional<String> tokenOf(int id) {
        throw new UnsupportedOperationException(LATER);
    }

    /** Number of ids, added tokens included. */
    public int vocabularySize() {
        throw new UnsupportedOperationException(LATER);
    }

    /** SHA-256, in hexadecimal, of the files that decide how text becomes ids (not of the chat template). */
    public String fingerprint() {
        throw new UnsupportedOperationException(LATER);
    }

    /** SHA-256, in hexadecimal, of the chat templates; of nothing when there is none. */
    public String templateHash() {
        throw new UnsupportedOperationException(LATER);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException(LATER);
    }
}
