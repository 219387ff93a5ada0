package org.mlxspring.engine.adapter.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How {@code tokenizer.json} splits a text before byte-level BPE, and llama.cpp's name for it. */
final class PreTokenizer {

    private static final String LETTERS_AND_THREE_DIGITS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+"
            + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String LETTERS_AND_DIGIT = LETTERS_AND_THREE_DIGITS.replace("{1,3}", "");
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String BEFORE = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String ENDINGS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
    private static final String AFTER = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String CASED =
            BEFORE + UPPER + "*" + LOWER + "+|" + BEFORE + UPPER + "+" + LOWER + "*|\\p{N}" + AFTER;
    private static final String CASED_WITH_ENDINGS = BEFORE + UPPER + "*" + LOWER + "+" + ENDINGS + "|" + BEFORE + UPPER
            + "+" + LOWER + "*" + ENDINGS + "|\\p{N}{1,3}" + AFTER;

    private static final String BYTES = "bytes";
    private static final String WORDS_AND_BYTES = "words and bytes";

    /** From the steps to the name, for vocabularies whose merges are always followed. */
    private static final Map<List<String>, String> NAMES = Map.of(
            List.of(WORDS_AND_BYTES), "gpt-2",
            List.of("digits", WORDS_AND_BYTES), "smollm",
            List.of(LETTERS_AND_THREE_DIGITS, BYTES), "dbrx",
            List.of(LETTERS_AND_DIGIT, BYTES), "qwen2",
            List.of(CASED_WITH_ENDINGS, BYTES), "gpt-4o");

    /** The same for those that take a whole word from the vocabulary where it is in it. */
    private static final Map<List<String>, String> NAMES_IGNORING_MERGES = Map.of(
            List.of(LETTERS_AND_THREE_DIGITS, BYTES), "llama-bpe",
            List.of(CASED, BYTES), "tekken");

    private PreTokenizer() {}

    /**
     * llama.cpp's name; empty if it splits no text like this.
     *
     * @param tokenizer the content of {@code tokenizer.json}
     */
    static Optional<String> name(JsonNode tokenizer) {
        boolean ignoresMerges = tokenizer.path("model").path("ignore_merges").asBoolean(false);
        return Optional.ofNullable((ignoresMerges ? NAMES_IGNORING_MERGES : NAMES).get(steps(tokenizer)));
    }

    /** The steps, for a message too. */
    static List<String> steps(JsonNode tokenizer) {
        List<String> steps = new ArrayList<>();
        add(tokenizer.path("pre_tokenizer"), steps);
        return steps;
    }

    private static void add(JsonNode step, List<String> steps) {
        switch (step.path("type").asString("")) {
            case "Sequence" -> step.path("pretokenizers").forEach(each -> add(each, steps));
            case "ByteLevel" -> {
                if (step.path("add_prefix_space").asBoolean(false)) {
                    steps.add("a space before");
                }
                steps.add(step.path("use_regex").asBoolean(true) ? WORDS_AND_BYTES : BYTES);
            }
            case "Digits" -> steps.add(step.path("individual_digits").asBoolean(false) ? "digits" : "groups of digits");
            case "Split" -> steps.add(split(step));
            default -> steps.add(step.path("type").asString("none"));
        }
    }

    private static String split(JsonNode step) {
        String pattern = step.path("pattern").path("Regex").asString("'" + step.path("pattern") + "'");
        boolean whole = step.path("behavior").asString("").equals("Isolated")
                        && !step.path("invert").asBoolean(false)
                || step.path("behavior").asString("").equals("Removed")
                        && step.path("invert").asBoolean(false);
        return whole ? pattern : step.path("behavior").asString("") + " " + pattern;
    }
}
