package org.mlxspring.engine.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.mlxspring.engine.text.jinja.TemplateException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokenizer of a model folder, with its chat template. Safe for use by several threads at once. */
public final class Tokenizer implements AutoCloseable {

    private final TokenizerFolder folder;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final ChatTemplates templates;
    private final Set<Integer> endTokens;

    private Tokenizer(TokenizerFolder folder, Vocabulary vocabulary, TextEncoder encoder) {
        this.folder = folder;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        Map<String, Object> fixed = new HashMap<>(folder.specialTokens());
        fixed.put("enable_thinking", knowsThinking(vocabulary));
        this.templates = new ChatTemplates(folder, fixed);
        Set<Integer> ends = new TreeSet<>(folder.endTokens());
        eosToken().ifPresent(ends::add);
        this.endTokens = Collections.unmodifiableSet(ends);
    }

    /**
     * Reads {@code tokenizer.json} (required), {@code tokenizer_config.json}, {@code special_tokens_map.json},
     * {@code generation_config.json}, {@code config.json}, {@code chat_template.jinja} and
     * {@code additional_chat_templates}, as far as they are there.
     *
     * @throws TokenizerException when the folder holds no usable tokenizer
     */
    public static Tokenizer load(Path modelFolder) {
        TokenizerFolder folder = TokenizerFolder.read(modelFolder);
        Vocabulary vocabulary = Vocabulary.of(folder);
        byte[] json = withSpecialTokens(folder, vocabulary);
        return new Tokenizer(folder, vocabulary, TextEncoder.load(modelFolder, json));
    }

    /** Adds special tokens that only the configuration names, as transformers does. */
    private static byte[] withSpecialTokens(TokenizerFolder folder, Vocabulary vocabulary) {
        List<String> missing = folder.specialTokens().values().stream()
                .distinct()
                .filter(token -> vocabulary.id(token).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return folder.tokenizerJson();
        }
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode json = (ObjectNode) mapper.readTree(folder.tokenizerJson());
        JsonNode list = json.get("added_tokens");
        ArrayNode added = list instanceof ArrayNode array ? array : json.putArray("added_tokens");
        for (String token : missing) {
            added.addObject()
                    .put("id", vocabulary.append(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        return mapper.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    /** As mlx-lm tells models that can think: by the markers in their vocabulary. */
    private static boolean knowsThinking(Vocabulary vocabulary) {
        return vocabulary.hasAll("<think>", "</think>")
                || vocabulary.hasAll("<longcat_think>", "</longcat_think>")
                || vocabulary.hasAll("<|think:start|>", "<|think:end|>")
                || vocabulary.hasAll("<|channel>", "<channel|>")
                || vocabulary.hasAll("<|open|>", "<|close|>", "<|sep|>", "<|end_of_msg|>");
    }

    /** The folder this tokenizer was read from. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Token ids of a text, whole: never cut, never padded.
     *
     * @param addSpecialTokens whether to add what the tokenizer puts around a text, often a token at its beginning
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        return encoder.encode(text, addSpecialTokens);
    }

    /** Token ids of a text without the tokens {@link #encode} can add, and the part of the text that each holds. */
    public PlacedTokens encodePlaced(String text) {
        return encoder.encodePlaced(text);
    }

    /**
     * Token ids of a text without the tokens {@link #encode} can add, and the number of tokens of another one, with which
     * it usually begins. What both share is tokenized once where the tokenizer is one of the engine's own kinds.
     */
    public BegunTokens encodeBegun(String text, String beginning) {
        return encoder.encode(text, beginning);
    }

    /** Token ids of several texts, in their order. */
    public List<int[]> encodeAll(List<String> texts, boolean addSpecialTokens) {
        return texts.stream().map(text -> encode(text, addSpecialTokens)).toList();
    }

    /** True when the model folder brings a chat template. */
    public boolean hasChatTemplate() {
        return !templates.isEmpty();
    }

    /** Source of the usual chat template, where the model folder brings one. */
    public Optional<String> chatTemplate() {
        return Optional.ofNullable(folder.templates().get("default"));
    }

    /**
     * Text of a conversation by the chat template. As in mlx-lm, the template's {@code enable_thinking} is true for
     * models whose vocabulary has markers for thinking and false for others.
     *
     * @param messages at least one, as in a row: {@code role}, {@code content}, {@code tool_calls} and whatever the
     *     template reads
     * @param tools JSON schemas of the tools; an empty list means that there are none, and the template sees
     *     {@code none}
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
        return templates.render(messages, tools, addGenerationPrompt, variables);
    }

    /** The text of {@link #renderChat(List, List, boolean)} as token ids, without the tokens {@code encode} can add. */
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

    /**
     * Whether the chat template marks what the assistant says with {@code generation} tags.
     *
     * @param withTools whether the template for conversations with tools is meant, where there are two
     */
    public boolean marksGenerated(boolean withTools) {
        return templates.marksGenerated(withTools);
    }

    /**
     * As {@link #renderChat(List, List, boolean, Map)} without a generation prompt, with the parts that the template
     * marks as the assistant's; none where it marks nothing.
     *
     * @throws TemplateException also when the place of a marked part cannot be known, as within a macro
     */
    public MarkedText renderMarkedChat(
            List<Map<String, Object>> messages, List<Map<String, Object>> tools, Map<String, Object> variables) {
        return templates.renderMarked(messages, tools, variables);
    }

    /** The text of {@link #renderMarkedChat} as token ids, with the marked tokens. */
    public MarkedTokens encodeMarkedChat(
            List<Map<String, Object>> messages, List<Map<String, Object>> tools, Map<String, Object> variables) {
        MarkedText marked = renderMarkedChat(messages, tools, variables);
        PlacedTokens placed = encoder.encodePlaced(marked.text());
        return new MarkedTokens(placed.ids(), Marks.tokens(marked.generated(), placed));
    }

    /** Text of token ids. */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        return encoder.decode(ids, skipSpecialTokens);
    }

    /** A new detokenizer for one stream of ids. */
    public StreamingDetokenizer detokenizer() {
        return Detokenizers.of(this, vocabulary);
    }

    /** Id of the token that begins a text, where the model has one. */
    public OptionalInt bosToken() {
        return special("bos_token");
    }

    /** Id of the token that ends a text, where the model has one. */
    public OptionalInt eosToken() {
        return special("eos_token");
    }

    /** Id of the token that fills a batch, where the model has one. */
    public OptionalInt padToken() {
        return special("pad_token");
    }

    private OptionalInt special(String name) {
        String token = folder.specialTokens().get(name);
        return token == null ? OptionalInt.empty() : vocabulary.id(token);
    }

    /**
     * Every id that ends a generation: the eos token, and {@code eos_token_id} of {@code generation_config.json} or,
     * without that, of {@code config.json}.
     */
    public Set<Integer> endTokens() {
        return endTokens;
    }

    /** Id of a token by its exact text in the vocabulary. */
    public OptionalInt idOf(String token) {
        return vocabulary.id(token);
    }

    /** Text of a token as it stands in the vocabulary. */
    public Optional<String> tokenOf(int id) {
        return vocabulary.token(id);
    }

    /** Number of tokens, added ones included. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** SHA-256, in hexadecimal, of the files that decide how text becomes ids (not of the chat template). */
    public String fingerprint() {
        return folder.fingerprint();
    }

    /** SHA-256, in hexadecimal, of the chat templates; of nothing when there is none. */
    public String templateHash() {
        return folder.templateHash();
    }

    /** Frees the native tokenizer; no other method may run then or later. */
    @Override
    public void close() {
        encoder.close();
    }
}
