package org.mlxspring.engine.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Holds the renderer against what transformers prints; the expectations are made by make_templates.py. */
class TemplateTest {

    private static final Clock CLOCK =
            Clock.fixed(LocalDateTime.of(2026, 3, 7, 9, 5, 2).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Expressions(Map<String, Object> variables, List<ExpressionCase> cases) {}

    private record ExpressionCase(String source, @Nullable String expected) {}

    private record Templates(
            Map<String, List<Object>> conversations, List<Map<String, Object>> settings, List<TemplateCase> cases) {

        Map<String, Object> variables(TemplateCase given) {
            Map<String, Object> variables = new HashMap<>(settings.get(given.setting()));
            variables.put("messages", conversations.get(given.conversation()));
            return variables;
        }
    }

    private record TemplateCase(
            String template,
            String conversation,
            int setting,
            @Nullable String expected) {}

    @TestFactory
    Stream<DynamicTest> expressionsPrintAsInPython() throws IOException {
        Expressions expressions = JSON.readValue(text("expressions.json"), Expressions.class);
        return expressions.cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.source(), () -> check(each.source(), expressions.variables(), each.expected())));
    }

    @TestFactory
    Stream<DynamicTest> templatesPrintAsInPython() throws IOException {
        Templates templates = JSON.readValue(text("templates.json"), Templates.class);
        return templates.cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.template() + ": " + each.conversation() + ", setting " + each.setting(),
                        () -> check(text("templates/" + each.template()), templates.variables(each), each.expected())));
    }

    private static void check(String source, Map<String, Object> variables, @Nullable String expected) {
        if (expected == null) {
            assertThatThrownBy(() -> Template.parse(source).render(variables, CLOCK))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageMatching("(?s)chat template, line \\d+: .+");
        } else {
            assertThat(Template.parse(source).render(variables, CLOCK)).isEqualTo(expected);
        }
    }

    @Test
    void anErrorNamesItsLine() {
        assertThatThrownBy(() -> Template.parse("a\n{% for x in y %}\n{{ x.a.b }}\n{% endfor %}")
                        .render(Map.of("y", List.of(Map.of("k", 1)))))
                .isInstanceOf(TemplateException.class)
                .hasMessage("chat template, line 3: 'dict object' has no attribute 'a'");
        assertThatThrownBy(() -> Template.parse("a\n\n{% if x %}\nb"))
                .hasMessage("chat template, line 4: the template ends, but 'elif' or 'else' or 'endif' is missing"
                        + " for the tag of line 3");
        assertThatThrownBy(() -> Template.parse("{{ raise_exception('Only user turns') }}")
                        .render(Map.of()))
                .hasMessage("chat template, line 1: Only user turns");
    }

    @Test
    void aMacroThatNeverEndsIsAnError() {
        assertThatThrownBy(() -> Template.parse("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")
                        .render(Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void oneTemplateServesSeveralThreads() throws Exception {
        Template template = Template.parse(
                "{% set ns = namespace(t='') %}{% for m in messages %}{% set ns.t = ns.t ~ m %}{% endfor %}{{ ns.t }}");
        List<Callable<String>> renderings = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            List<Integer> messages = List.of(i, i + 1);
            renderings.add(() -> template.render(Map.of("messages", messages)));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<String>> results = threads.invokeAll(renderings);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo("" + i + (i + 1));
            }
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = TemplateTest.class.getResourceAsStream("/text/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
