package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an upload will be, before anything of it is stored, and what is not taken in at all. */
class PreviewTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path MODEL = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");

    private static Host host;
    private static Path home;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        home = folder.resolve("home");
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.writeString(bare.resolve("config.json"), "{\"model_type\": \"llama\"}");
        host = Host.start(
                List.of(Host.Pretending.class),
                home,
                "spring.datasource.url=jdbc:h2:mem:preview;DB_CLOSE_DELAY=-1",
                "mlx.datasets.max-upload=1MB",
                "mlx.models.bare.path=" + bare,
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
        assertThat(seen.path("refused").valueStream().map(row -> row.path("line")
                        .asInt()))
                .containsExactly(2, 3);
        JsonNode row = seen.path("rows").path(0);
        assertThat(row.path("redacted").path("EMAIL").asInt()).isEqualTo(1);
        JsonNode text = row.path("texts").path(0);
        assertThat(text.path("text").asString()).doesNotContain("ada@").contains("[EMAIL-", "good day");
        assertThat(text.path("cut").asBoolean()).isTrue();
        assertThat(text.path("tokens").asInt())
                .isGreaterThan(text.path("trainedTokens").asInt());
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
                "?model=desk",
                "application/x-ndjson",
                "{\"prompt\": \"p\", \"chosen\": \"good\", \"rejected\": \"bad\"}");
        assertThat(seen.path("rows").path(0).path("texts").valueStream().map(text -> text.path("answer")
                        .asString()))
                .containsExactly("chosen", "rejected");
    }

    @Test
    void anUploadThatIsTooLargeLeavesNothing() {
        String large = "{\"text\": \"" + "x".repeat(2_000_000) + "\"}";
        JsonNode refused = send("/mlx/api/datasets/large/imports", "application/x-ndjson", large);
        assertThat(refused.path("status").asInt()).as(refused.toString()).isEqualTo(413);
        assertThat(refused.path("property").asString()).isEqualTo("mlx.datasets.max-upload");
        assertThat(host.upload("large", Map.of("train", large)).status()).isEqualTo(413);
        assertThat(home.resolve("uploads")).isEmptyDirectory();
        assertThat(send("/mlx/api/datasets/no good/imports", "text/plain", "x")
                        .path("status")
                        .asInt())
                .isEqualTo(422);
        assertThat(send("/mlx/api/datasets/good/imports?columns=question:q", "text/plain", "x")
                        .path("detail")
                        .asString())
                .contains("columns maps 'question'");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(preview("?model=nobody", "text/plain", "x").path("status").asInt())
                .isEqualTo(404);
        assertThat(preview("?model=bare", "text/plain", "x").path("status").asInt())
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
        return send("/mlx/api/datasets/preview" + query, type, body);
    }

    private static JsonNode send(String path, String type, String body) {
        String answer = host.client()
                .post()
                .uri(path)
                .contentType(MediaType.parseMediaType(type))
                .body(body.getBytes(StandardCharsets.UTF_8))
                .retrieve()
                .body(String.class);
        return JSON.readTree(String.valueOf(answer));
    }
}
