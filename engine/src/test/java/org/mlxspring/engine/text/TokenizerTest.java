package org.mlxspring.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Holds the tokenizer against transformers and mlx-lm; the expectations are made by make_tokenizers.py. */
class TokenizerTest {

    private record Expectations(List<Map<String, Object>> conversation, Map<String, Expected> tokenizers) {}

    private record Expected(
            int size,
            @Nullable Integer bos,
            @Nullable Integer eos,
            @Nullable Integer pad,
            List<Integer> ends,
            List<TextCase> texts,
            List<ChatCase> chats,
            List<StreamCase> streams) {}

    private record TextCase(String text, int[] ids, int[] plain, String decoded, String skipped) {}

    private record ChatCase(@Nullable List<Map<String, Object>> tools, boolean prompt, String text, int[] ids) {}

    private record StreamCase(
            int[] ids, List<String> pieces, @Nullable String rest) {}

    private static Expectations expectations() throws IOException {
        try (InputStream in = TokenizerTest.class.getResourceAsStream("/text/tokenizers.json")) {
            return JsonMapper.builder().build().readValue(in, Expectations.class);
        }
    }

    private static Expected expected(String name) throws IOException {
        return expectations().tokenizers().get(name);
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(
                TokenizerTest.class.getResource("/text/tokenizers/" + name).toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "pieces", "words"})
    void textBecomesTheSameIdsAsInTransformers(String name) throws Exception {
        try (var tokenizer = Tokenizer.load(folder(name))) {
            for (TextCase each : expected(name).texts()) {
                assertThat(tokenizer.encode(each.text(), true)).as(each.text()).isEqualTo(each.ids());
                assertThat(tokenizer.encode(each.text(), false)).as(each.text()).isEqualTo(each.plain());
                assertThat(tokenizer.decode(each.plain(), false)).isEqualTo(each.decoded());
                assertThat(tokenizer.decode(each.plain(), true)).isEqualTo(each.skipped());
            }
            List<String> texts =
                    expected(name).texts().stream().map(TextCase::text).toList();
            List<int[]> ids = tokenizer.encodeAll(texts, true);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(ids.get(i)).isEqualTo(expected(name).texts().get(i).ids());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "pieces", "words"})
    void specialTokensAreThoseOfTransformers(String name) throws Exception {
        Expected expected = expected(name);
        try (var tokenizer = Tokenizer.load(folder(name))) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(expected.size());
            assertThat(tokenizer.bosToken()).isEqualTo(optional(expected.bos()));
            assertThat(tokenizer.eosToken()).isEqualTo(optional(expected.eos()));
            assertThat(tokenizer.padToken()).isEqualTo(optional(expected.pad()));
            assertThat(tokenizer.endTokens()).containsExactlyElementsOf(expected.ends());
        }
    }

    private static OptionalInt optional(@Nullable Integer id) {
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "pieces"})
    void conversationsBecomeTheSameIdsAsInMlxLm(String name) throws Exception {
        Expectations expectations = expectations();
        try (var tokenizer = Tokenizer.load(folder(name))) {
            assertThat(tokenizer.hasChatTemplate()).isTrue();
            for (ChatCase each : expectations.tokenizers().get(name).chats()) {
                List<Map<String, Object>> tools =
                        Optional.ofNullable(each.tools()).orElse(List.of());
                assertThat(tokenizer.renderChat(expectations.conversation(), tools, each.prompt()))
                        .isEqualTo(each.text());
                assertThat(tokenizer.encodeChat(expectations.conversation(), tools, each.prompt()))
                        .isEqualTo(each.ids());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "pieces", "words"})
    void streamsComeInThePiecesOfMlxLm(String name) throws Exception {
        try (var tokenizer = Tokenizer.load(folder(name))) {
            StreamingDetokenizer detokenizer = tokenizer.detokenizer();
            for (StreamCase stream : expected(name).streams()) {
                detokenizer.reset();
                List<String> pieces = new ArrayList<>();
                for (int id : stream.ids()) {
                    pieces.add(detokenizer.add(id));
                }
                assertThat(pieces).isEqualTo(stream.pieces());
                String rest = detokenizer.finish();
                if (stream.rest() != null) {
                    assertThat(rest).isEqualTo(stream.rest());
                }
                assertThat(detokenizer.text()).isEqualTo(String.join("", pieces) + rest);
            }
        }
    }

    @Test
    void aLongTextIsNeverCut() throws Exception {
        try (var tokenizer = Tokenizer.load(folder("bytes"))) {
            assertThat(tokenizer.encode("x y ".repeat(5000), true)).hasSizeGreaterThan(5000);
        }
    }

    @Test
    void severalThreadsMayEncodeAtOnce() throws Exception {
        try (var tokenizer = Tokenizer.load(folder("bytes"));
                var threads = Executors.newFixedThreadPool(4)) {
            List<TextCase> cases = expected("bytes").texts();
            List<Callable<int[]>> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                TextCase each = cases.get(i % cases.size());
                tasks.add(() -> tokenizer.encode(each.text(), false));
            }
            List<Future<int[]>> results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get())
                        .isEqualTo(cases.get(i % cases.size()).plain());
            }
        }
    }

    @Test
    void callersMaySetVariablesOfTheTemplate() throws Exception {
        List<Map<String, Object>> messages = List.of(Map.of("role", "user", "content", "x"));
        try (var tokenizer = Tokenizer.load(folder("bytes"))) {
            assertThat(tokenizer.renderChat(messages, List.of(), true)).endsWith("assistant\n<think>");
            assertThat(tokenizer.renderChat(messages, List.of(), true, Map.of("enable_thinking", false)))
                    .endsWith("assistant\n");
        }
    }

    @Test
    void reasoningIsFoundUnderAnyOfItsNames(@TempDir Path folder) throws Exception {
        Path source = copy("bytes", folder);
        Files.writeString(
                source.resolve("chat_template.jinja"),
                "{% for m in messages %}{{ m.reasoning_content }}/{{ m.thinking }}/{{ m.name is defined }};{% endfor %}");
        try (var tokenizer = Tokenizer.load(source)) {
            Map<String, Object> message = new java.util.HashMap<>(Map.of("role", "assistant", "reasoning", "why"));
            message.put("name", null);
            assertThat(tokenizer.renderChat(List.of(message), List.of(), false)).isEqualTo("why/why/False;");
        }
    }

    @Test
    void toolsChooseTheTemplateForTools(@TempDir Path folder) throws Exception {
        Path source = copy("bytes", folder);
        Files.writeString(source.resolve("tokenizer_config.json"), """
                {"eos_token": "<|end|>", "chat_template": [
                  {"name": "default", "template": "plain"}, {"name": "tool_use", "template": "tools"}]}
                """);
        List<Map<String, Object>> messages = List.of(Map.of("role", "user", "content", "x"));
        try (var tokenizer = Tokenizer.load(source)) {
            assertThat(tokenizer.renderChat(messages, List.of(), false)).isEqualTo("plain");
            assertThat(tokenizer.renderChat(messages, List.of(Map.of("name", "t")), false))
                    .isEqualTo("tools");
        }
    }

    @Test
    void theFingerprintChangesWithTheTokenizerOnly(@TempDir Path folder) throws Exception {
        Path source = copy("bytes", folder);
        String fingerprint;
        String template;
        try (var tokenizer = Tokenizer.load(source)) {
            fingerprint = tokenizer.fingerprint();
            template = tokenizer.templateHash();
        }
        Files.writeString(source.resolve("chat_template.jinja"), "other");
        try (var tokenizer = Tokenizer.load(source)) {
            assertThat(tokenizer.fingerprint()).isEqualTo(fingerprint);
            assertThat(tokenizer.templateHash()).isNotEqualTo(template);
        }
        Files.writeString(source.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|endoftext|>\"}");
        try (var tokenizer = Tokenizer.load(source)) {
            assertThat(tokenizer.fingerprint()).isNotEqualTo(fingerprint).hasSize(64);
        }
    }

    @Test
    void whatIsMissingOrBrokenIsNamed(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("nowhere")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("there is no such folder");
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("tokenizer.json is missing");
        Files.writeString(folder.resolve("tokenizer.json"), "{\n\"model\": }");
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .hasMessageContaining("tokenizer.json is not the JSON of a tokenizer, see its line 2");
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageContaining("no vocabulary");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"What\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageContaining("tokenizer.json cannot be used");
        Path words = copy("words", folder);
        Files.writeString(words.resolve("tokenizer_config.json"), "{");
        assertThatThrownBy(() -> Tokenizer.load(words)).hasMessageContaining("tokenizer_config.json is not JSON");
        List<Map<String, Object>> messages = List.of(Map.of("role", "user", "content", "x"));
        try (var tokenizer = Tokenizer.load(folder("words"))) {
            assertThat(tokenizer.hasChatTemplate()).isFalse();
            assertThatThrownBy(() -> tokenizer.renderChat(messages, List.of(), false))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("chat_template.jinja");
        }
    }

    @Test
    void loadingLeavesTheSystemPropertiesOfOthersAlone() throws Exception {
        try (var tokenizer = Tokenizer.load(folder("words"))) {
            assertThat(tokenizer.vocabularySize()).isPositive();
        }
        assertThat(System.getProperty("ai.djl.offline")).isNull();
    }

    private static Path copy(String name, Path target) throws Exception {
        try (var files = Files.list(folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(file.getFileName().toString()),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return target;
    }
}
