package org.mlxspring.autoconfigure.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** A host with a detector of its own, asked over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class RedactionHostTest {

    private static final String PATH = "/mlx/api/redaction/try";

    private Host host;

    @Configuration(proxyBeanMethods = false)
    static class Desk {
        @Bean
        Detector staffNumbers() {
            return new RedactionTest.StaffNumbers();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        host = Host.start(
                List.of(Host.Pretending.class, Desk.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:redaction;DB_CLOSE_DELAY=-1",
                "mlx.datasets.redaction.off=IP_ADDRESS",
                "mlx.datasets.redaction.dictionaries.projects.words=Blue Heron");
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void aTextIsTriedAndNeitherKeptNorLogged(CapturedOutput output) {
        String text = "😀 S-4711 of Blue Heron wrote to jane@example.com from 10.1.2.3";
        Host.Answer answer = host.post(PATH, Map.of("text", text));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("redacted").asString())
                .matches("😀 \\[STAFF_NUMBER-\\w{6}] of \\[PROJECTS-\\w{6}] wrote to \\[EMAIL-\\w{6}] from 10.1.2.3");
        JsonNode first = answer.body().path("findings").get(0);
        assertThat(first.path("type").asString()).isEqualTo("STAFF_NUMBER");
        assertThat(first.path("start").asInt()).isEqualTo(3);
        assertThat(first.path("end").asInt()).isEqualTo(9);
        assertThat(host.post(PATH, Map.of("text", text)).body().path("redacted"))
                .as("the key is thrown away")
                .isNotEqualTo(answer.body().path("redacted"));
        assertThat(output.getAll()).doesNotContain("S-4711").doesNotContain("jane@");
    }

    @Test
    void whatCannotBeTriedIsAProblem() {
        assertThat(host.post(PATH, Map.of()).status()).isEqualTo(422);
        Host.Answer long_ = host.post(PATH, Map.of("text", "ä".repeat(500_001)));
        assertThat(long_.status()).isEqualTo(422);
        assertThat(long_.body().path("detail").asString())
                .isEqualTo("text has 1000002 bytes in UTF-8; at most 1000000 are possible.");
        assertThat(host.post(PATH, Map.of("text", "x", "dataset", "no such")).status())
                .isEqualTo(404);
        assertThat(host.post(PATH, Map.of("text", "x".repeat(1_000_000))).status())
                .isEqualTo(200);
    }

    @Test
    void aDatasetsPlaceholdersStayTheSame() {
        host.upload("desk", Map.of("train", Host.rows("d", 20)));
        Map<String, String> request = Map.of("text", "jane@example.com", "dataset", "desk");
        JsonNode once = host.post(PATH, request).body().path("redacted");
        assertThat(once.asString()).matches("\\[EMAIL-\\w{6}]");
        assertThat(host.post(PATH, Map.of("text", "JANE@example.com", "dataset", "desk"))
                        .body()
                        .path("redacted"))
                .isEqualTo(once);
    }

    @Test
    void aViewerMayNot() {
        int status = host.client()
                .post()
                .uri(PATH)
                .headers(headers -> headers.setBasicAuth("victor", "v"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"text\":\"x\"}")
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
        assertThat(status).isEqualTo(403);
    }
}
