package org.mlxspring.autoconfigure.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.UsableName;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final Path KEPT = Path.of("src/main/resources/org/mlxspring/openapi/openapi.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static @TempDir Path home;
    private static ConfigurableApplicationContext host;
    private static RestClient client;
    private static String now = "";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {
        @Bean
        ApiDescription apiDescription() {
            return new ApiDescription();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        host = SpringApplication.run(
                Host.class,
                "--server.port=0",
                "--server.servlet.context-path=/desk",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:mem:openapi",
                "--spring.flyway.enabled=false",
                "--spring.batch.job.enabled=false",
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=MLX_VIEWER",
                "--springdoc.paths-to-match=/mlx/api/**",
                "--springdoc.writer-with-order-by-keys=true",
                "--mlx.runs.concurrency=0",
                "--mlx.home=" + home);
        client = RestClient.builder()
                .baseUrl("http://localhost:" + host.getEnvironment().getRequiredProperty("local.server.port") + "/desk")
                .defaultHeaders(headers -> headers.setBasicAuth("user", "secret"))
                .build();
        now = pretty(get("/v3/api-docs"));
        if (Boolean.getBoolean("mlx.openapi.write")) {
            Files.writeString(KEPT, now);
        }
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void theDescriptionSaysWhatTheControllersDo() throws IOException {
        assertThat(Files.readString(KEPT))
                .as("The description of the API differs from the controllers. Write it anew with%n  mvn -pl"
                        + " autoconfigure -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dmlx.openapi.write=true%nand read what changed with git diff.")
                .isEqualTo(now);
    }

    @Test
    void everyOperationAndEveryFieldIsDescribed() throws IOException {
        JsonNode description = JSON.readTree(Files.readString(KEPT));
        List<String> operations = new ArrayList<>();
        description.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> {
                    operations.add(operation.getKey().toUpperCase() + " " + path.getKey());
                    assertThat(operation.getValue().path("summary").asString(""))
                            .as(operations.getLast())
                            .isNotBlank();
                }));
        assertThat(operations).containsExactlyInAnyOrderElementsOf(Operations.all());
        List<String> bare = new ArrayList<>();
        description.at("/components/schemas").properties().forEach(schema -> schema.getValue()
                .path("properties")
                .properties()
                .forEach(property -> {
                    boolean reference = property.getValue().has("$ref");
                    if (!reference && !property.getValue().has("description")) {
                        bare.add(schema.getKey() + "." + property.getKey());
                    }
                }));
        assertThat(bare).as("fields without a description").isEmpty();
    }

    @Test
    void itIsServedWithTheAddressOfThisApplication() {
        JsonNode served = get("/mlx/api/openapi.json");
        assertThat(served.at("/servers/0/url").asString()).isEqualTo("/desk");
        assertThat(served.get("paths").has("/mlx/api/runs")).isTrue();
    }

    @Test
    void whatItDoesNotListIsAProblemOfTheRequest() {
        for (String path : List.of("/mlx/api/nothing", "/mlx/api/schedules/nightly/run")) {
            JsonNode problem = client.get()
                    .uri(path)
                    .exchange(
                            (request, answer) -> JSON.readTree(answer.getBody().readAllBytes()));
            assertThat(problem.get("status").asInt()).as(path).isIn(404, 405);
            assertThat(problem.get("instance").asString()).isEqualTo("/desk" + path);
            assertThat(problem.get("detail").asString()).isNotBlank();
        }
    }

    @Test
    void noDatasetCanBeCalledLikeAPathBesideThem() {
        String datasets = "/mlx/api/datasets/";
        List<String> taken = JSON.readTree(now).get("paths").propertyNames().stream()
                .filter(path -> path.startsWith(datasets))
                .map(path -> path.substring(datasets.length()).split("/")[0])
                .filter(segment -> !segment.startsWith("{"))
                .distinct()
                .toList();
        assertThat(taken).contains("preview", "sources").allSatisfy(name -> assertThat(UsableName.ruleOfDataset(name))
                .as(name)
                .isPresent());
    }

    private static JsonNode get(String path) {
        byte[] answer = client.get()
                .uri(path)
                .header(HttpHeaders.ACCEPT, "application/json")
                .retrieve()
                .body(byte[].class);
        return JSON.readTree(new String(answer, StandardCharsets.UTF_8));
    }

    private static String pretty(JsonNode node) {
        StringWriter out = new StringWriter();
        JSON.writeValue(out, node);
        return out.toString().replace("\r\n", "\n") + "\n";
    }
}
