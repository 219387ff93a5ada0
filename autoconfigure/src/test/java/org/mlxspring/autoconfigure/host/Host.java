package org.mlxspring.autoconfigure.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mlxspring.engine.worker.EngineLauncher;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running host application and its API. */
public final class Host implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;

    private Host(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** What every host of these tests has: auto-configuration, and a user for each role and right. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Basics {
        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("tina")
                            .password("{noop}t")
                            .roles("MLX_TRAINER")
                            .build(),
                    User.withUsername("victor")
                            .password("{noop}v")
                            .roles("MLX_VIEWER")
                            .build(),
                    User.withUsername("ada")
                            .password("{noop}a")
                            .roles("MLX_ADMIN")
                            .build(),
                    User.withUsername("rita")
                            .password("{noop}r")
                            .roles("MLX_ROW_READER")
                            .build(),
                    User.withUsername("erik")
                            .password("{noop}e")
                            .roles("MLX_ERASER")
                            .build());
        }
    }

    /** An engine that computes nothing. */
    @Configuration(proxyBeanMethods = false)
    public static class Pretending {
        @Bean
        EngineLauncher engine() {
            return new PretendEngine();
        }
    }

    /** Starts a host of these classes; they come on top of {@link Basics}. */
    public static Host start(List<Class<?>> configurations, Path home, String... properties) {
        List<Class<?>> all = new ArrayList<>(List.of(Basics.class));
        all.addAll(configurations);
        SpringApplication application = new SpringApplication(all.toArray(Class<?>[]::new));
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--mlx.home=" + home,
                "--mlx.runs.heartbeat=500ms",
                "--mlx.models.small.path=" + model(home)));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new Host(application.run(arguments.toArray(String[]::new)));
    }

    /** A folder that looks like a model, with a real tokenizer. */
    private static Path model(Path home) {
        Path model = home.resolveSibling(home.getFileName() + "-model");
        Path fixture = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");
        try {
            Files.createDirectories(model);
            Files.writeString(model.resolve("config.json"), "{\"model_type\": \"llama\"}");
            for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
                Files.copy(fixture.resolve(file), model.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public String address() {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    public RestClient client() {
        return client("tina");
    }

    /** The API as one of the users, whose password is the first letter of the name. */
    public RestClient client(String user) {
        return RestClient.builder()
                .baseUrl(address())
                .defaultHeaders(headers -> headers.setBasicAuth(user, user.substring(0, 1)))
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }

    /** Status and JSON of an answer. */
    public record Answer(int status, JsonNode body, Optional<String> location) {}

    public Answer get(String path) {
        return getAs("tina", path);
    }

    public Answer getAs(String user, String path) {
        return answer(client(user).get().uri(path).retrieve().toEntity(String.class));
    }

    public Answer post(String path, Object body) {
        return postAs("tina", path, body);
    }

    public Answer postAs(String user, String path, Object body) {
        return answer(client(user)
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsString(body))
                .retrieve()
                .toEntity(String.class));
    }

    /** @param json the body */
    public Answer putAs(String user, String path, String json) {
        return answer(client(user)
                .put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .retrieve()
                .toEntity(String.class));
    }

    /** Uploads files by the names of their parts. */
    public Answer upload(String dataset, Map<String, String> files) {
        LinkedMultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("name", dataset);
        files.forEach((part, content) -> parts.add(part, new ByteArrayResource(content.getBytes()) {
            @Override
            public String getFilename() {
                return part + ".jsonl";
            }
        }));
        return answer(client().post()
                .uri("/mlx/api/datasets")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(parts)
                .retrieve()
                .toEntity(String.class));
    }

    /** Waits until the run is so, for two minutes at most. */
    public JsonNode await(String run, Predicate<JsonNode> so) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        JsonNode seen = get("/mlx/api/runs/" + run).body();
        while (!so.test(seen)) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("Run did not get there in a minute: " + seen);
            }
            Thread.sleep(100);
            seen = get("/mlx/api/runs/" + run).body();
        }
        return seen;
    }

    public JsonNode awaitState(String run, String state) throws InterruptedException {
        return await(run, seen -> seen.path("state").asString().equals(state));
    }

    /** Rows of the shape prompt and completion. */
    public static String rows(String prefix, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append("{\"prompt\": \"")
                    .append(prefix)
                    .append(i)
                    .append("\", \"completion\": \"c")
                    .append(i)
                    .append("\"}\n");
        }
        return rows.toString();
    }

    private static Answer answer(ResponseEntity<String> response) {
        String body = response.getBody();
        JsonNode json = body == null || body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        return new Answer(
                response.getStatusCode().value(),
                json,
                Optional.ofNullable(response.getHeaders().getFirst("Location")));
    }

    @Override
    public void close() {
        context.close();
    }
}
