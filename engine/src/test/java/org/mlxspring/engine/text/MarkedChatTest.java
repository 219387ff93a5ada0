package org.mlxspring.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.text.jinja.TemplateException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Holds the marks of {@code generation} tags against transformers; the expectations are made by make_marked.py. */
class MarkedChatTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private record MarkedCase(
            String tokenizer, String template, List<Map<String, Object>> messages, int[] ids, int[] mask) {}

    @Test
    void theTokensOfTheAssistantAreThoseOfTransformers() throws Exception {
        List<MarkedCase> cases;
        try (InputStream in = MarkedChatTest.class.getResourceAsStream("/text/marked.json")) {
            cases = JSON.readValue(in, new TypeReference<>() {});
        }
        assertThat(cases).hasSizeGreaterThan(20);
        for (MarkedCase each : cases) {
            try (Tokenizer tokenizer = withTemplate(each.tokenizer(), each.template())) {
                MarkedTokens marked = tokenizer.encodeMarkedChat(each.messages(), List.of(), Map.of());
                assertThat(marked.ids()).isEqualTo(each.ids());
                assertThat(mask(marked)).as(each.template()).isEqualTo(each.mask());
                assertThat(tokenizer.marksGenerated(false))
                        .isEqualTo(each.template().contains("generation"));
            }
        }
    }

    private static int[] mask(MarkedTokens marked) {
        int[] mask = new int[marked.ids().length];
        marked.generated().forEach(span -> Arrays.fill(mask, span.start(), span.end(), 1));
        return mask;
    }

    @Test
    void partsOfTheTextAreMarkedAsTheyStandInIt() throws Exception {
        String template = "{% for m in messages %}[{% generation %}{{ m.content }}!{% endgeneration %}]{% endfor %}";
        try (Tokenizer tokenizer = withTemplate("bytes", template)) {
            MarkedText marked = tokenizer.renderMarkedChat(
                    List.of(Map.of("role", "user", "content", "😀"), Map.of("role", "assistant", "content", "b")),
                    List.of(),
                    Map.of());
            assertThat(marked.text()).isEqualTo("[😀!][b!]");
            assertThat(marked.generated()).containsExactly(new Span(1, 4), new Span(6, 8));
        }
    }

    @Test
    void everyByteOfTheLastCharacterIsMarked() throws Exception {
        String template = "{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}|{% endfor %}";
        try (Tokenizer tokenizer = withTemplate("bytes", template)) {
            MarkedTokens marked = tokenizer.encodeMarkedChat(
                    List.of(Map.of("role", "assistant", "content", "日本")), List.of(), Map.of());
            assertThat(marked.generated()).containsExactly(new Span(0, marked.ids().length - 1));
        }
    }

    @Test
    void aPartWhosePlaceIsNotKnownIsNamed() throws Exception {
        String template = "{% macro say(m) %}\n{% generation %}{{ m.content }}{% endgeneration %}{% endmacro %}\n"
                + "{% for m in messages %}{{ say(m) | trim }}{% endfor %}";
        List<Map<String, Object>> messages = List.of(Map.of("role", "assistant", "content", "b"));
        try (Tokenizer tokenizer = withTemplate("bytes", template)) {
            assertThat(tokenizer.renderChat(messages, List.of(), false)).isEqualTo("b");
            assertThatThrownBy(() -> tokenizer.renderMarkedChat(messages, List.of(), Map.of()))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageStartingWith("chat template, line 2: the text of this 'generation' tag is captured");
        }
    }

    private Tokenizer withTemplate(String name, String template) throws Exception {
        Path source = Path.of(
                MarkedChatTest.class.getResource("/text/tokenizers/" + name).toURI());
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.write(folder.resolve(file), Files.readAllBytes(source.resolve(file)));
        }
        Files.writeString(folder.resolve("chat_template.jinja"), template);
        return Tokenizer.load(folder);
    }
}
