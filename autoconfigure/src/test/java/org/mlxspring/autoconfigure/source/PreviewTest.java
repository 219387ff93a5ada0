package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an upload will be, before anything of it is stored. */
class PreviewTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path MODEL =
            Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");

    private static Host host;

    @BeforeAll
    static void start(@TempDir Path folder) {
        host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:preview;DB_CLOSE_DELAY=-1",
                "mlx.models.desk.path=" + MODEL);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void itShowsWhatTheModelReadsAndLearns() {
        JsonNode seen = preview(
                "?model=desk&loss-mask=prompt&max-seq-length=20&columns=prompt:q,completion:a",
                "application/x-ndjson",
                "{\"q\": \"hello ada@example.com\", \"a\": \"good day\"}\n{\"q\": \"no answer\"}\n{oops\n");
        assertThat(seen.path("formats").path(0).asString()).as(seen.toString()).isEqualTo("prompt and completion");
        assertThat(seen.path("complete").asBoolean()).isTrue();
        assertThat(seen.path("refused").valueStream().map(row -> row.path("line").asInt()))
                .containsExactly(2, 3);
        JsonNode row = seen.path("rows").path(0);
        assertThat(row.path("redacted").path("EMAIL").asInt()).isEqualTo(1);
        JsonNode text = row.path("texts").path(0);
        assertThat(text.path("text").asString()).doesNotContain("ada@").contains("[EMAIL-", "good day");
        assertThat(text.path("cut").asBoolean()).isTrue();
        assertThat(text.path("tokens").asInt()).isGreaterThan(text.path("trainedTokens").asInt());
        JsonNode part = text.path("trained").path(0);
        assertThat(text.path("text")
                        .asString()
                        .substring(part.path("start").asInt(), part.path("end").asInt()))
                .contains("good day")
                .doesNotContain("hello");
        assertThat(host.get("/mlx/api/datasets").body().path("content")).isEmpty();
    }

    @Test
    void aPreferenceHasTwoTexts() {
        JsonNode seen = preview(
                "?model=desk", "application/x-ndjson", "{\"prompt\": \"p\", \"chosen\": \"good\", \"rejected\": \"bad\"}");
        assertThat(seen.path("rows").path(0).path("texts").valueStream().map(text -> text.path("answer")
                        .asString()))
                .containsExactly("chosen", "rejected");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(preview("?model=nobody", "text/plain", "x").path("status").asInt())
                .isEqualTo(404);
        assertThat(preview("?model=small", "text/plain", "x").path("status").asInt())
                .isEqualTo(422);
        assertThat(preview("?model=desk&loss-mask=all", "text/plain", "x")
                        .path("status")
                        .asInt())
                .isEqualTo(422);
        assertThat(preview("?model=desk", "application/zip", "x").path("detail").asString())
                .contains("no zip");
        assertThat(preview("?model=desk", "application/pdf", "x").path("status").asInt())
                .isEqualTo(415);
    }

    private static JsonNode preview(String query, String type, String body) {
        String answer = host.client()
                .post()
                .uri("/mlx/api/datasets/preview" + query)
                .contentType(MediaType.parseMediaType(type))
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .retrieve()
                .body(String.class);
        return JSON.readTree(String.valueOf(answer));
    }
}
