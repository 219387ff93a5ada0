package org.mlxspring.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.autoconfigure.security.Client.basic;
import static org.mlxspring.autoconfigure.security.Client.location;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** A host with a filter chain and users of its own, whose chain matches every path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostWithOwnChainTest {
    private final ConfigurableApplicationContext host =
            SpringApplication.run(Host.class, WebHost.ANY_PORT.toArray(String[]::new));
    private Client client = new Client(0);

    @Configuration(proxyBeanMethods = false)
    @Import(WebHost.class)
    @ImportAutoConfiguration({
        SecurityAutoConfiguration.class,
        UserDetailsServiceAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Host {
        @Bean
        SecurityFilterChain hostChain(HttpSecurity http) {
            return http.authorizeHttpRequests(rules -> rules.requestMatchers("/open")
                            .permitAll()
                            .anyRequest()
                            .hasRole("CLERK"))
                    .formLogin(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return WebHost.users();
        }
    }

    @BeforeAll
    void started() {
        assertThat(host.isRunning()).isTrue();
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @BeforeEach
    void newClient() {
        client = new Client(host.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void theHostsOwnRulesStay() {
        HttpResponse<String> open = client.get("/open");
        assertThat(open.body()).isEqualTo("open to all");
        assertThat(open.headers().firstValue("Content-Security-Policy")).isEmpty();
        assertThat(location(client.get("/hello", "Accept", "text/html"))).endsWith("/login");
        assertThat(client.get("/hello", basic("bob", "b")).body()).isEqualTo("hello from the host");
        assertThat(client.get("/hello", basic("ada", "a")).statusCode()).isEqualTo(403);
        assertThat(client.post("/hello", basic("bob", "b")).statusCode()).isIn(401, 403);
    }

    @Test
    void nothingOfOursReachesTheHostsBeans() {
        assertThat(host.getBeansOfType(SecurityFilterChain.class))
                .containsOnlyKeys("hostChain", "mlxSecurityFilterChain");
        assertThat(host.getBeansOfType(RoleHierarchy.class)).isEmpty();
        assertThat(host.getBeansOfType(UserDetailsService.class)).containsOnlyKeys("users");
    }

    @Test
    void whoIsNotSignedInGetsNothing() {
        for (String path : new String[] {"/mlx/api/runs", "/mlx/api/me", "/mlx/api/openapi.json", "/mlx/api/none"}) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
            assertThat(answer.body()).contains("\"status\":401", "\"instance\":\"" + path + "\"");
        }
        assertThat(client.get("/mlx", "Accept", "text/html").statusCode()).isEqualTo(302);
        assertThat(client.get("/mlx/page/app.js", "Accept", "text/html").statusCode())
                .isEqualTo(302);
        assertThat(client.post("/mlx/api/runs").statusCode()).isEqualTo(401);
    }

    @Test
    void aBrowserIsNotAskedByItsOwnPasswordWindow() {
        HttpResponse<String> answer = client.get("/mlx/api/runs", "Sec-Fetch-Site", "same-origin");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        HttpResponse<String> wrong = client.get(
                "/mlx/api/runs",
                Stream.concat(Stream.of(basic("victor", "x")), Stream.of("Sec-Fetch-Site", "same-origin"))
                        .toArray(String[]::new));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void eachRoleMayDoWhatItMay() {
        assertThat(client.get("/mlx/api/runs", basic("bob", "b")).statusCode()).isEqualTo(403);
        assertThat(client.get("/mlx/api/runs", basic("victor", "v")).body()).isEqualTo("runs");
        HttpResponse<String> viewer = client.post("/mlx/api/runs", basic("victor", "v"));
        assertThat(viewer.statusCode()).isEqualTo(403);
        assertThat(viewer.body())
                .contains("victor is signed in, but needs the role TRAINER here")
                .contains("ROLE_MLX_TRAINER, ROLE_MLX_ADMIN");
        assertThat(client.get("/mlx/api/runs", basic("tina", "t")).body()).isEqualTo("runs");
        assertThat(client.post("/mlx/api/runs", basic("tina", "t")).body()).isEqualTo("started");
        assertThat(client.post("/mlx/api/runs", basic("ada", "a")).body()).isEqualTo("started");
        assertThat(client.get("/mlx/api/me", basic("ada", "a")).body())
                .contains("\"name\":\"ada\"", "VIEWER", "TRAINER", "ADMIN");
        assertThat(client.get("/mlx/api/me", basic("tina", "t")).body()).doesNotContain("ADMIN");
    }

    @Test
    void theTextOfRowsIsForRowReadersOnly() {
        for (String path : new String[] {"/mlx/api/datasets/tickets/rows", "/mlx/api/datasets/tickets/rows/7"}) {
            assertThat(client.get(path, basic("rita", "r")).body()).isEqualTo("text of rows");
            for (String name : new String[] {"victor", "tina", "ada", "erik"}) {
                HttpResponse<String> refused = client.get(path, basic(name, name.substring(0, 1)));
                assertThat(refused.statusCode()).as(name).isEqualTo(403);
                assertThat(refused.body())
                        .contains(name + " is signed in, but needs the right READ_ROWS here: one of the authorities"
                                + " ROLE_MLX_ROW_READER (mlx.security.row-reader-authorities).");
            }
        }
        String lineage = "/mlx/api/datasets/tickets/rows/7/lineage";
        assertThat(client.get(lineage, basic("victor", "v")).body()).isEqualTo("lineage of a row");
        String rows = "/mlx/api/datasets/tickets/rows";
        assertThat(client.post(rows, basic("tina", "t")).body()).isEqualTo("added");
        assertThat(client.post(rows, basic("rita", "r")).statusCode()).isEqualTo(403);
        assertThat(client.get("/mlx/api/runs", basic("rita", "r")).body()).isEqualTo("runs");
    }

    @Test
    void erasingIsForErasersAndAdmins() {
        assertThat(client.post("/mlx/api/erasures", basic("erik", "e")).body()).isEqualTo("erasing");
        assertThat(client.post("/mlx/api/erasures", basic("ada", "a")).body()).isEqualTo("erasing");
        HttpResponse<String> refused = client.post("/mlx/api/erasures", basic("tina", "t"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("needs the right ERASE_ROWS here: one of the authorities ROLE_MLX_ERASER, ROLE_MLX_ADMIN"
                        + " (mlx.security.eraser-authorities)");
        assertThat(client.get("/mlx/api/erasures/1", basic("victor", "v")).body())
                .isEqualTo("a log");
        assertThat(client.post("/mlx/api/runs", basic("erik", "e")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theAuditLogAndCleanUpsAreForAdmins() {
        assertThat(client.get("/mlx/api/audit", basic("ada", "a")).body()).isEqualTo("a log");
        for (String name : new String[] {"victor", "tina", "rita", "erik"}) {
            assertThat(client.get("/mlx/api/audit", basic(name, name.substring(0, 1)))
                            .body())
                    .as(name)
                    .contains("needs the role ADMIN here: one of the authorities ROLE_MLX_ADMIN");
        }
        assertThat(client.post("/mlx/api/clean-ups", basic("ada", "a")).body()).isEqualTo("erasing");
        assertThat(client.post("/mlx/api/clean-ups", basic("tina", "t")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoAsksIsToldTheRightsToo() {
        assertThat(client.get("/mlx/api/me", basic("rita", "r")).body())
                .contains("\"roles\":[\"VIEWER\"]", "\"rights\":[\"READ_ROWS\"]");
        assertThat(client.get("/mlx/api/me", basic("ada", "a")).body()).contains("\"rights\":[\"ERASE_ROWS\"]");
        assertThat(client.get("/mlx/api/me", basic("tina", "t")).body()).contains("\"rights\":[]");
    }

    @Test
    void aSessionOfTheHostsLoginCountsHereToo() {
        assertThat(location(client.get("/mlx", "Accept", "text/html"))).endsWith("/login");
        String before = client.sessionId();
        HttpResponse<String> signedIn = client.signIn("/login", "tina", "t");
        assertThat(location(signedIn)).contains("/mlx");
        assertThat(client.sessionId()).isNotEqualTo(before);
        assertThat(client.get("/mlx").body()).isEqualTo("the page");
        assertThat(location(client.get("/mlx/login"))).isEqualTo("/mlx");
    }

    @Test
    void aSessionNeedsTheCsrfToken() {
        client.signIn("/login", "tina", "t");
        HttpResponse<String> forged = client.post("/mlx/api/runs");
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("CSRF").contains("/mlx/api/me");
        String me = client.get("/mlx/api/me").body();
        String token = me.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        assertThat(me).contains("\"headerName\":\"X-CSRF-TOKEN\"");
        assertThat(client.post("/mlx/api/runs", "X-CSRF-TOKEN", token).body()).isEqualTo("started");
    }

    @Test
    void aPasswordThatTheBrowserAddsByItselfIsNoProofOfIntent() {
        String[] forged = Stream.concat(Stream.of(basic("tina", "t")), Stream.of("Origin", "https://elsewhere.example"))
                .toArray(String[]::new);
        assertThat(client.post("/mlx/api/runs", forged).statusCode()).isEqualTo(403);
    }

    @Test
    void aUserWithoutRightsReadsWhatToAskFor() {
        client.signIn("/login", "bob", "b");
        HttpResponse<String> page = client.get("/mlx", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("bob", "ROLE_MLX_VIEWER", "mlx.security.viewer-authorities", "Sign out");
    }

    @Test
    void thePageAllowsNoForeignScript() {
        assertThat(client.get("/mlx", basic("victor", "v")).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
    }
}
