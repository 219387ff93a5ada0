package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.text.Tokenizer;

/** What of a conversation is learned, under each mask, with and without weights. */
class AssistantTurnsTest {

    private static final String TURNS = """
            {%- for m in messages -%}
            <|turn|>{{ m.role }}
            {% if m.role == 'assistant' %}{% generation %}{{ m.content }}<|end|>{% endgeneration %}{% else %}\
            {{ m.content }}<|end|>{% endif %}

            {% endfor -%}
            {%- if add_generation_prompt %}<|turn|>assistant
            {% endif -%}
            """;

    private static final String CONVERSATION = """
            {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "a"},
             {"role": "assistant", "content": " one 😀 \\n"}, {"role": "user", "content": "b <|end|> c"},
             {"role": "assistant", "content": ""}, {"role": "user", "content": "d"},
             {"role": "assistant", "content": "three"}]}""".replace("\n", "");

    @TempDir
    Path folder;

    private List<String> learned(String template, LossMask mask, String row) throws Exception {
        Path model = Files.createDirectories(folder.resolve("model" + Integer.toHexString(template.hashCode())));
        try (var files = Files.list(Golden.tokenizer("bytes"))) {
            for (Path file : files.toList()) {
                Path copy = model.resolve(file.getFileName().toString());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
        Files.writeString(model.resolve("chat_template.jinja"), template);
        Path file = Files.writeString(folder.resolve("rows.jsonl"), row);
        try (var tokenizer = Tokenizer.load(model)) {
            TokenizedRow tokens = new RowTokenizer(tokenizer, mask)
                    .inMemory(file, RowKeys.standard())
                    .get(0);
            List<String> spans = new ArrayList<>();
            for (int i = 0; i < tokens.targets().length; i += 2) {
                spans.add(tokenizer.decode(
                        Arrays.copyOfRange(tokens.tokens(), tokens.targets()[i], tokens.targets()[i + 1]), false));
            }
            return spans;
        }
    }

    private static String unmarked(String template) {
        return template.replace("{% generation %}", "").replace("{% endgeneration %}", "");
    }

    private static String weighted(int... weights) {
        String row = CONVERSATION;
        for (int i = 0; i < weights.length; i++) {
            String content = List.of("\" one 😀 \\n\"", "\"\"", "\"three\"").get(i);
            row = row.replace("\"content\": " + content, "\"content\": " + content + ", \"weight\": " + weights[i]);
        }
        return row;
    }

    @Test
    void everyAnswerIsLearnedWithItsEndAndWithoutItsHeader() throws Exception {
        List<String> answers = List.of(" one 😀 \n<|end|>", "<|end|>", "three<|end|>");
        assertThat(learned(TURNS, LossMask.ASSISTANT, CONVERSATION)).isEqualTo(answers);
        assertThat(learned(unmarked(TURNS), LossMask.ASSISTANT, CONVERSATION)).isEqualTo(answers);
    }

    @Test
    void aPromptAndItsCompletionAreATurn() throws Exception {
        String row = "{\"prompt\": \"a\", \"completion\": \"b c\"}";
        assertThat(learned(TURNS, LossMask.ASSISTANT, row)).containsExactly("b c<|end|>");
        assertThat(learned(unmarked(TURNS), LossMask.ASSISTANT, row)).containsExactly("b c<|end|>");
        assertThat(learned(TURNS, LossMask.PROMPT, row)).containsExactly("b c<|end|>\n");
    }

    @Test
    void anAnswerOfWeightNoughtIsNotLearnedUnderAnyMask() throws Exception {
        for (String template : List.of(TURNS, unmarked(TURNS))) {
            assertThat(learned(template, LossMask.ASSISTANT, weighted(0, 1, 1)))
                    .containsExactly("<|end|>", "three<|end|>");
            assertThat(learned(template, LossMask.ASSISTANT, weighted(1, 1, 0)))
                    .containsExactly(" one 😀 \n<|end|>", "<|end|>");
            assertThat(learned(template, LossMask.ASSISTANT, weighted(0, 0, 0))).isEmpty();
            assertThat(learned(template, LossMask.PROMPT, weighted(0, 1, 1))).containsExactly("three<|end|>\n");
            assertThat(learned(template, LossMask.PROMPT, weighted(1, 1, 0))).isEmpty();
            List<String> spans = learned(template, LossMask.ROW, weighted(1, 0, 1));
            assertThat(spans).hasSize(2);
            assertThat(spans.getFirst())
                    .startsWith("system\nBe brief.")
                    .contains(" one 😀 \n<|end|>")
                    .endsWith("<|turn|>assistant\n");
            assertThat(spans.getLast()).startsWith("\n<|turn|>user\nd").endsWith("three<|end|>\n");
        }
    }

    @Test
    void aWeightDoesNotReachTheTemplate() throws Exception {
        String telling = unmarked(TURNS).replace("{{ m.role }}", "{{ m.role }}{{ m.weight }}");
        assertThat(learned(telling, LossMask.ASSISTANT, weighted(1, 1, 1)))
                .isEqualTo(learned(unmarked(TURNS), LossMask.ASSISTANT, CONVERSATION));
        assertThat(learned(telling, LossMask.ROW, weighted(1, 1, 1)).getFirst()).doesNotContain("assistant1");
    }

    @Test
    void whatClosesAConversationIsNoPartOfATurn() throws Exception {
        String closing = unmarked(TURNS).replace("{% endif -%}\n", "{% else %}<|endoftext|>{% endif -%}\n");
        assertThat(learned(closing, LossMask.ROW, CONVERSATION).getLast()).endsWith("three<|end|>\n<|endoftext|>");
        assertThat(learned(closing, LossMask.ASSISTANT, CONVERSATION))
                .containsExactly(" one 😀 \n<|end|>", "<|end|>", "three<|end|>");
    }

    @Test
    void callsOfToolsAreTurnsToo() throws Exception {
        Path shipped = Path.of(AssistantTurnsTest.class
                .getResource("/text/templates/chatml-thinking.jinja")
                .toURI());
        String marked = Files.readString(shipped).replace("<|im_end|>", "<|end|>");
        String template = marked.replace("{%- generation %}", "").replace("{%- endgeneration %}", "");
        String row = """
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": null, "tool_calls":
                 [{"function": {"name": "ping", "arguments": {"host": "x"}}}]}, {"role": "tool", "content": "up"},
                 {"role": "assistant", "content": "It is up.", "weight": 1}, {"role": "user", "content": "thanks"},
                 {"role": "assistant", "content": "Sure.", "weight": 0}],
                 "tools": [{"function": {"name": "ping"}}]}""".replace("\n", "");
        String call = "\n<tool_call>\n{\"name\": \"ping\", \"arguments\": {\"host\": \"x\"}}\n</tool_call>";
        assertThat(learned(template, LossMask.ASSISTANT, row)).containsExactly(call + "<|end|>", "It is up.<|end|>");
        assertThat(learned(marked, LossMask.ASSISTANT, row)).containsExactly(call, "It is up.");
    }

    @Test
    void theTokenThatEndsATurnMayBeginTheNext() throws Exception {
        String row = CONVERSATION.replace("b <|end|> c", "b");
        String heads = "{% for m in messages %}{{ '<|end|>' if m.role == 'user' else '<|turn|>' }}{{ m.content }}"
                + "{% endfor %}{% if add_generation_prompt %}<|turn|>{% endif %}";
        assertThat(learned(heads, LossMask.ASSISTANT, row)).containsExactly(" one 😀 \n<|end|>", "<|end|>", "three");
    }

    @Test
    void aTurnWhoseThinkingIsLeftOutLaterIsItsContent() throws Exception {
        String forgetting = unmarked(TURNS)
                .replace(
                        "{{ m.content }}<|end|>{% else",
                        "{{ '' if not loop.last else '<think></think>' }}{{ m.content }}<|end|>{% else");
        String row = CONVERSATION.replace("\"content\": \"\"", "\"content\": \"two\"");
        assertThat(learned(forgetting, LossMask.ASSISTANT, row))
                .containsExactly(" one 😀 \n<|end|>", "two<|end|>", "<think></think>three<|end|>");
    }

    @Test
    void aTemplateThatRewritesEarlierTurnsIsRefusedWithTheWayOut() throws Exception {
        String forgetting = unmarked(TURNS)
                .replace(
                        "{{ m.content }}<|end|>{% else",
                        "{{ '' if not loop.last else '<think></think>' }}{{ m.content }}<|end|>{% else");
        assertThatThrownBy(() -> learned(forgetting, LossMask.ASSISTANT, CONVERSATION))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("line 1: has an assistant's turn (message 5)")
                .hasMessageContaining("Use loss_mask prompt");
        assertThat(learned(forgetting, LossMask.ASSISTANT, "{\"prompt\": \"a\", \"completion\": \"b\"}"))
                .containsExactly("<think></think>b<|end|>");
        assertThat(learned(forgetting, LossMask.PROMPT, CONVERSATION)).containsExactly("<think></think>three<|end|>\n");
        String begun = unmarked(TURNS).replace("<|turn|>assistant\n", "<|turn|>assistant\n<think>");
        assertThatThrownBy(() -> learned(begun, LossMask.ASSISTANT, CONVERSATION))
                .hasMessageContaining("does not begin as the chat template")
                .hasMessageContaining("Use loss_mask prompt");
    }
}
