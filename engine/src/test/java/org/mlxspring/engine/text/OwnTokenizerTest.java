package org.mlxspring.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.text.bpe.BpeTokenizer;

/** Holds the engine's own tokenizer against Hugging Face's library, for the settings of the models in use. */
class OwnTokenizerTest {

    private static final String BYTES =
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": %s}";
    private static final String LLAMA_3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String ENDING = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String TEKKEN = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "*" + LOWER + "+|[^\\r\\n\\p{L}\\p{N}]?"
            + UPPER + "+" + LOWER + "*|\\p{N}" + ENDING;
    private static final String SHORT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
    private static final String O200K = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "*" + LOWER + "+" + SHORT
            + "|[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "+" + LOWER + "*" + SHORT + "|\\p{N}{1,3}" + ENDING;
    private static final String DEEPSEEK_WORDS =
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+|"
                    + " ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String MARKS =
            "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Prepend\", \"prepend\": \"▁\"},"
                    + " {\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"▁\"}]}";

    /** Texts from which the merges are learned, and out of whose parts others are made. */
    private static final String SAMPLE = """
            The quick invoice 2024-11-07 wasn't paid; they'll send 1,234.50 EUR, and I'M sure it's WE'VE agreed.
              def main(args):\n\tprint("hello world", 12345)\r\n\r\n    return None  # TODO: größer als süß, naïve café
            Das Straßenfest beginnt um 18:30 Uhr. Où est la bibliothèque? ¿Dónde está? Привет, как дела? 今天天气很好。
            日本語のテキスト、カタカナと漢字。 한국어 문장입니다. שלום עולם مرحبا بالعالم नमस्ते दुनिया สวัสดี 😀 👩‍👩‍👧 🇩🇪 e\u0301 ﬁ ½ ²³ Ⅷ ٣٤٥
            HTTPServer camelCase snake_case https://example.org/a/b?c=d&e=f <b>bold</b> {"key": [1, 2, 3]} ... --- === !!! ??
            """;

    private static String steps(String... steps) {
        return "{\"type\": \"Sequence\", \"pretokenizers\": [" + String.join(", ", steps) + "]}";
    }

    private static String split(String pattern) {
        return split(pattern, "Isolated", false);
    }

    private static String split(String pattern, String behavior, boolean invert) {
        String quoted = pattern.replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"" + quoted + "\"}, \"behavior\": \"" + behavior
                + "\", \"invert\": " + invert + "}";
    }

    private static TokenizerJson bytes(String preTokenizer) {
        return TokenizerJson.bytes(SAMPLE, 400)
                .with("pre_tokenizer", preTokenizer)
                .added("<|endoftext|>", "special")
                .added("<|im_start|>", "special")
                .added("<|im_end|>", "special")
                .added("<think>");
    }

    private static TokenizerJson pieces() {
        return TokenizerJson.pieces(SAMPLE, 300).added("<s>", "special").added("</s>", "special");
    }

    private static String metaspace(String scheme, boolean split) {
        return "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"" + scheme + "\", \"split\": "
                + split + "}";
    }

    static Stream<Map.Entry<String, TokenizerJson>> kinds() {
        String last = BYTES.formatted(false);
        return Map.ofEntries(
                Map.entry("GPT-2", bytes(BYTES.formatted(true))),
                Map.entry(
                        "Llama 3",
                        bytes(steps(split(LLAMA_3), last))
                                .ignoringMerges()
                                .merge("q", "u")
                                .with("post_processor", """
                        {"type": "Sequence", "processors": [
                          {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true},
                          {"type": "TemplateProcessing",
                           "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                           "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [7], "tokens": ["<s>"]}}}]}""")),
                Map.entry(
                        "Qwen 2",
                        bytes(steps(split(LLAMA_3.replace("{1,3}", "")), last))
                                .with("normalizer", "{\"type\": \"NFC\"}")
                                .with("post_processor", BYTES.formatted(false))),
                Map.entry(
                        "cl100k",
                        bytes(steps(
                                split(LLAMA_3.replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)", "'(?i:[sdmt]|ll|ve|re)")),
                                last))),
                Map.entry("Phi 4", bytes(steps(split(LLAMA_3, "Removed", true), last))),
                Map.entry("Mistral Nemo", bytes(steps(split(TEKKEN), last))),
                Map.entry("GPT OSS", bytes(steps(split(O200K), last))),
                Map.entry(
                        "SmolLM",
                        bytes(steps("{\"type\": \"Digits\", \"individual_digits\": true}", BYTES.formatted(true)))),
                Map.entry(
                        "digits together",
                        bytes(steps("{\"type\": \"Digits\", \"individual_digits\": false}", BYTES.formatted(true)))),
                Map.entry(
                        "DeepSeek 3",
                        bytes(steps(split("\\p{N}{1,3}"), split("[一-龥぀-ゟ゠-ヿ]+"), split(DEEPSEEK_WORDS), last))),
                Map.entry(
                        "DeepSeek Coder",
                        bytes(steps(
                                split("[\\r\\n]"),
                                split("\\s?\\p{L}+"),
                                split("\\s?\\p{P}+"),
                                split("[一-龥ࠀ-一가-퟿]+"),
                                "{\"type\": \"Digits\", \"individual_digits\": true}",
                                last))),
                Map.entry("gaps", bytes(steps(split("\\p{L}\\d?", "Removed", false), last))),
                Map.entry(
                        "white space taken",
                        bytes(BYTES.formatted(true))
                                .added("<|left|>", "lstrip")
                                .added("<|right|>", "rstrip", "special")
                                .added("<|right|>>", "lstrip", "rstrip", "normalized")
                                .with("post_processor", BYTES.formatted(true))),
                Map.entry("Llama 2", pieces().with("normalizer", MARKS).with("post_processor", """
                        {"type": "TemplateProcessing",
                         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                    {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                         "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [3], "tokens": ["<s>"]},
                                                        "</s>": {"id": "</s>", "ids": [4, 5], "tokens": ["a", "b"]}}}""")),
                Map.entry(
                        "across words",
                        pieces().merge("s", "▁").merge(".", "▁").merge("n", "▁").with("normalizer", MARKS)),
                Map.entry(
                        "Gemma",
                        pieces().with(
                                        "normalizer",
                                        "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"▁\"}")
                                .with(
                                        "pre_tokenizer",
                                        "{\"type\": \"Split\", \"pattern\": {\"String\": \" \"},"
                                                + " \"behavior\": \"MergedWithPrevious\", \"invert\": false}")),
                Map.entry("Mistral", pieces().with("pre_tokenizer", metaspace("first", false))),
                Map.entry("marks always", pieces().with("pre_tokenizer", metaspace("always", true))),
                Map.entry("marks never", pieces().with("pre_tokenizer", metaspace("never", true))))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void idsAndPlacesAreThoseOfTheLibrary(Map.Entry<String, TokenizerJson> kind) {
        compare(kind.getValue().bytes(), 1500, kind.getKey().hashCode());
    }

    @Test
    void theTokenizersOfTheFixturesAreKnown() throws Exception {
        for (Path file : fixtures()) {
            compare(Files.readAllBytes(file), 40, 7);
        }
    }

    private static List<Path> fixtures() throws IOException, URISyntaxException {
        List<Path> files = new ArrayList<>();
        for (String root : List.of("/fixtures", "/text/tokenizers")) {
            try (var all =
                    Files.walk(Path.of(OwnTokenizerTest.class.getResource(root).toURI()))) {
                all.filter(file -> file.endsWith("tokenizer.json"))
                        .filter(file -> !file.toString().contains("words"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static void compare(byte[] json, int texts, long seed) {
        Random random = new Random(seed);
        Optional<BpeTokenizer> known = BpeTokenizer.of(json);
        assertThat(known).isPresent();
        BpeTokenizer own = known.get();
        int certain = 0;
        try (NativeTokenizer library = NativeTokenizer.load(Path.of("model"), json)) {
            for (int i = 0; i < texts; i++) {
                String text = text(random);
                if (!own.isCertainOf(text)) {
                    continue;
                }
                certain++;
                assertThat(own.encode(text, false)).as(text).isEqualTo(library.encode(text, false));
                assertThat(own.encode(text, true)).as(text).isEqualTo(library.encode(text, true));
                PlacedTokens placed = library.encodePlaced(text);
                own.encodePlaced(text).ifPresent(mine -> {
                    assertThat(mine.ids()).isEqualTo(placed.ids());
                    assertThat(mine.starts()).as(text).isEqualTo(placed.starts());
                    assertThat(mine.ends()).as(text).isEqualTo(placed.ends());
                });
                int length = beginning(text, random);
                BpeTokenizer.BegunIds begun = own.encode(text, length);
                assertThat(begun.ids()).isEqualTo(placed.ids());
                assertThat(begun.beginning())
                        .as(text)
                        .isEqualTo(library.encode(text.substring(0, length), false).length);
            }
        }
        assertThat(certain).isGreaterThan(texts / 3);
    }

    private static int beginning(String text, Random random) {
        int length = random.nextInt(text.length() + 1);
        boolean within = length > 0
                && length < text.length()
                && Character.isHighSurrogate(text.charAt(length - 1))
                && Character.isLowSurrogate(text.charAt(length));
        return within ? length - 1 : length;
    }

    /** Words, signs, spaces of every kind, added tokens and any character at all, in any order. */
    private static String text(Random random) {
        String[] special = {
            "<|im_start|>",
            "<|im_end|>",
            "<think>",
            "<|endoftext|>",
            "<s>",
            "</s>",
            "<|left|>",
            "<|right|>",
            "<|right|>>",
            "<|im_",
            "<",
            "▁",
            "▁▁",
            "<0x0A>",
            "<unk>"
        };
        String[] spaces = {
            " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n", "\n ", "\u00a0", "\u2003", "\u3000", "\u0085",
            "\u200b", "\f", "\u2028", "\u1680"
        };
        String[] odd = {
            "'S", "'ſ", "'LL", "'ve", "'", "''d", "İ", "ß", "ſ", "K", "ﬅ", "ǅ", "ʰ", "\u0301", "\u200d", "\ufffd",
            "\u0000", "\ue000"
        };
        StringBuilder out = new StringBuilder();
        int parts = random.nextInt(14);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(8)) {
                case 0 -> out.append(special[random.nextInt(special.length)]);
                case 1 -> out.append(spaces[random.nextInt(spaces.length)]);
                case 2 -> out.append(odd[random.nextInt(odd.length)]);
                case 3 -> out.append(character(random));
                case 4 -> out.append(random.nextInt(1_000_000));
                default -> {
                    int start = SAMPLE.offsetByCodePoints(
                            0, random.nextInt(SAMPLE.codePointCount(0, SAMPLE.length()) - 30));
                    out.append(SAMPLE, start, SAMPLE.offsetByCodePoints(start, random.nextInt(30)));
                }
            }
        }
        return out.toString();
    }

    private static String character(Random random) {
        int c = random.nextBoolean() ? random.nextInt(0x3000) : random.nextInt(Character.MAX_CODE_POINT + 1);
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? "x" : Character.toString(c);
    }

    @Test
    void aLongWordTakesNoLongerPerCharacter() {
        byte[] json = bytes(BYTES.formatted(true)).bytes();
        BpeTokenizer own = BpeTokenizer.of(json).orElseThrow();
        try (NativeTokenizer library = NativeTokenizer.load(Path.of("model"), json)) {
            String word = "thequickinvoice".repeat(20_000);
            assertThat(own.encode(word, false)).isEqualTo(library.encode(word, false));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[^\\r\\n]?+\\p{L}+",
                "\\p{Han}+",
                "[\\p{L}&&[^a]]+",
                "a*?",
                "(a)",
                "(?<=a)b",
                "\\w+",
                "a*",
                "^a",
                "[[:alpha:]]"
            })
    void aPatternThatIsNotUnderstoodIsLeftToTheLibrary(String pattern) {
        byte[] json = bytes(steps(split(pattern), BYTES.formatted(false))).bytes();
        assertThat(BpeTokenizer.of(json)).isEmpty();
    }

    @Test
    void whatWouldChangeTheIdsIsLeftToTheLibrary() {
        assertThat(BpeTokenizer.of(bytes(BYTES.formatted(true)).bytes())).isPresent();
        List<TokenizerJson> others = List.of(
                bytes("null"),
                bytes(BYTES.formatted(true).replace("\"add_prefix_space\": false", "\"add_prefix_space\": true")),
                bytes(BYTES.formatted(true)).with("normalizer", "{\"type\": \"Lowercase\"}"),
                bytes(BYTES.formatted(true)).with("truncation", "{\"max_length\": 5}"),
                bytes(BYTES.formatted(true)).with("post_processor", "{\"type\": \"BertProcessing\"}"),
                bytes(BYTES.formatted(true)).added("word", "single_word"),
                bytes(steps(split("\\p{L}", "MergedWithNext", false), BYTES.formatted(false))),
                bytes(steps(BYTES.formatted(true), "{\"type\": \"Digits\", \"individual_digits\": true}")),
                pieces().with("normalizer", MARKS).added("part", "normalized"),
                pieces().with("normalizer", "{\"type\": \"NFKC\"}"));
        for (TokenizerJson each : others) {
            assertThat(BpeTokenizer.of(each.bytes())).isEmpty();
        }
        assertThat(BpeTokenizer.of("{".getBytes())).isEmpty();
    }
}
