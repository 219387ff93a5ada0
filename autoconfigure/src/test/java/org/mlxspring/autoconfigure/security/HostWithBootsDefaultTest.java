package org.mlxspring.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.autoconfigure.security.Client.basic;
import static org.mlxspring.autoconfigure.security.Client.location;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.SecurityFilterChain;

/** A host with Boot's security starter and nothing of its own: every path asks for the one user that Boot makes. */
class HostWithBootsDefaultTest {

    @Configuration(proxyBeanMethods = false)
    @Import(WebHost.class)
    @ImportAutoConfiguration({
        SecurityAutoConfiguration.class,
        UserDetailsServiceAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Host {}

    @Test
    void bootsDefaultStaysAndItsUserHasNoRightsUntilGivenSome() {
        try (ConfigurableApplicationContext host = run("--spring.security.user.password=secret")) {
            Client client = client(host);
            assertThat(host.getBeansOfType(SecurityFilterChain.class)).hasSize(2);
            assertThat(client.get("/hello").statusCode()).isEqualTo(401);
            assertThat(location(client.get("/hello", "Accept", "text/html"))).endsWith("/login");
            assertThat(client.get("/login", "Accept", "text/html").body()).contains("Please sign in");
            assertThat(client.get("/hello", basic("user", "secret")).body()).isEqualTo("hello from the host");
            assertThat(client.post("/hello", basic("user", "secret")).statusCode())
                    .isIn(401, 403);
            assertThat(client.get("/mlx/api/runs").statusCode()).isEqualTo(401);
            assertThat(client.get("/mlx/api/runs", basic("user", "secret")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void bootsLoginOpensThePage() {
        try (ConfigurableApplicationContext host =
                run("--spring.security.user.password=secret", "--spring.security.user.roles=MLX_VIEWER")) {
            Client client = client(host);
            assertThat(location(client.get("/mlx", "Accept", "text/html"))).endsWith("/login");
            HttpResponse<String> signedIn = client.signIn("/login", "user", "secret");
            assertThat(location(signedIn)).contains("/mlx");
            assertThat(client.get("/mlx").body()).isEqualTo("the page");
            assertThat(client.get("/hello").body()).isEqualTo("hello from the host");
        }
    }

    @Test
    void otherAuthoritiesCanBeNamed() {
        try (ConfigurableApplicationContext host = run(
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=DESK",
                "--mlx.security.trainer-authorities=ROLE_BOSS,ROLE_DESK")) {
            Client client = client(host);
            assertThat(client.get("/mlx/api/runs", basic("user", "secret")).body())
                    .isEqualTo("runs");
            assertThat(client.post("/mlx/api/runs", basic("user", "secret")).body())
                    .isEqualTo("started");
        }
    }

    @Test
    void readingAndErasingRowsCanBeGivenToOtherAuthorities() {
        try (ConfigurableApplicationContext host = run(
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=OFFICER",
                "--mlx.security.row-reader-authorities=ROLE_OFFICER",
                "--mlx.security.eraser-authorities=ROLE_OFFICER")) {
            Client client = client(host);
            assertThat(client.get("/mlx/api/datasets/tickets/rows", basic("user", "secret"))
                            .body())
                    .isEqualTo("text of rows");
            assertThat(client.post("/mlx/api/erasures", basic("user", "secret")).body())
                    .isEqualTo("erasing");
        }
    }

    @Test
    void ourLoginPageCanBeAskedFor() {
        try (ConfigurableApplicationContext host =
                run("--spring.security.user.password=secret", "--mlx.security.login-page=/mlx/login")) {
            assertThat(location(client(host).get("/mlx", "Accept", "text/html")))
                    .isEqualTo("/mlx/login");
        }
    }

    private static ConfigurableApplicationContext run(String... properties) {
        String[] arguments = java.util.stream.Stream.concat(
                        WebHost.ANY_PORT.stream(), java.util.Arrays.stream(properties))
                .toArray(String[]::new);
        return SpringApplication.run(Host.class, arguments);
    }

    private static Client client(ConfigurableApplicationContext host) {
        return new Client(host.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }
}
