package org.mlxspring.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.autoconfigure.security.Client.basic;
import static org.mlxspring.autoconfigure.security.Client.location;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A host that never asked for security, on a class path without Boot's: its own paths answer exactly as before, and
 * ours are closed.
 */
@ExtendWith(OutputCaptureExtension.class)
class HostWithoutSecurityTest {

    @Test
    void theHostsPathsStayOpen() throws Exception {
        try (PlainHost host = PlainHost.start(PlainHost.WithUsers.class)) {
            Client client = new Client(host.port());
            HttpResponse<String> hello = client.get("/hello");
            assertThat(hello.body()).isEqualTo("hello from the host");
            assertThat(hello.headers().map())
                    .doesNotContainKeys("x-frame-options", "x-content-type-options", "content-security-policy");
            assertThat(client.post("/hello").body()).isEqualTo("taken by the host");
            assertThat(client.get("/hello;flag=1").body()).isEqualTo("hello from the host");
            assertThat(client.get("/nothing-here").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void oursAreClosedAndSignInAtOurOwnPage() throws Exception {
        try (PlainHost host = PlainHost.start(PlainHost.WithUsers.class)) {
            Client client = new Client(host.port());
            assertThat(client.get("/mlx/api/runs").statusCode()).isEqualTo(401);
            assertThat(client.get("/mlx/api/runs;x=1").statusCode()).isIn(400, 401);
            assertThat(client.get("/%6Dlx/api/runs").statusCode()).isEqualTo(401);
            assertThat(client.get("/mlx/api/runs", basic("victor", "v")).body()).isEqualTo("runs");
            String rows = "/mlx/api/datasets/tickets/rows";
            assertThat(client.get(rows).statusCode()).isEqualTo(401);
            assertThat(client.get(rows, basic("ada", "a")).statusCode()).isEqualTo(403);
            assertThat(client.get(rows, basic("rita", "r")).body()).isEqualTo("text of rows");
            assertThat(client.get("/mlx/page/style.css").statusCode()).isNotIn(302, 401, 403);

            assertThat(location(client.get("/mlx", "Accept", "text/html"))).isEqualTo("/mlx/login");
            assertThat(location(client.signIn("/mlx/login", "tina", "wrong"))).isEqualTo("/mlx/login?error");
            assertThat(client.get("/mlx/login?error").body()).contains("The user name or the password is wrong.");
            String before = client.sessionId();
            assertThat(location(client.signIn("/mlx/login", "tina", "t"))).contains("/mlx");
            assertThat(client.sessionId()).isNotEqualTo(before);
            assertThat(client.get("/mlx").body()).isEqualTo("the page");

            String token = client.get("/mlx/api/me").body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
            assertThat(location(client.post("/mlx/logout"))).isEqualTo("/mlx/login?expired");
            assertThat(client.get("/mlx/login?expired").body()).contains("too old");
            assertThat(location(client.post("/mlx/logout", "X-CSRF-TOKEN", token, "Accept", "text/html")))
                    .isEqualTo("/mlx/login?signed-out");
            assertThat(client.get("/mlx/api/runs").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void withoutAnyUsersNobodyGetsInAndOneLineSaysWhatToAdd(CapturedOutput output) throws Exception {
        try (PlainHost host = PlainHost.start(PlainHost.WithoutUsers.class)) {
            Client client = new Client(host.port());
            assertThat(client.get("/hello").body()).isEqualTo("hello from the host");
            assertThat(client.get("/mlx/api/runs").statusCode()).isEqualTo(401);
            assertThat(client.get("/mlx/api/runs", basic("user", "password")).statusCode())
                    .isEqualTo(401);
            assertThat(location(client.signIn("/mlx/login", "admin", "admin"))).isEqualTo("/mlx/login?error");
        }
        assertThat(output.getAll().lines().filter(line -> line.contains(" WARN ")))
                .singleElement()
                .asString()
                .contains("Nobody can sign in to /mlx", "UserDetailsService", "mlx.security.viewer-authorities");
    }

    @Test
    void aContextPathAndAServletPathChangeNothing() throws Exception {
        try (PlainHost host = PlainHost.start(
                PlainHost.WithUsers.class, "--server.servlet.context-path=/desk", "--spring.mvc.servlet.path=/app")) {
            Client client = new Client(host.port());
            assertThat(client.get("/desk/app/hello").body()).isEqualTo("hello from the host");
            assertThat(client.get("/desk/app/mlx/api/runs").statusCode()).isEqualTo(401);
            assertThat(location(client.get("/desk/app/mlx", "Accept", "text/html")))
                    .isEqualTo("/desk/app/mlx/login");
            assertThat(client.get("/desk/app/mlx/login").body())
                    .contains("href=\"/desk/app/mlx/page/style.css\"", "action=\"/desk/app/mlx/login\"");
            assertThat(location(client.signIn("/desk/app/mlx/login", "ada", "a")))
                    .contains("/desk/app/mlx");
            assertThat(client.get("/desk/app/mlx").body()).isEqualTo("the page");
        }
    }

    @Test
    void aPathAroundTheChainIsNotAWayIn() throws Exception {
        try (PlainHost host = PlainHost.start(PlainHost.MovingControllers.class)) {
            Client client = new Client(host.port());
            assertThat(client.get("/moved/hello").body()).isEqualTo("hello from the host");
            for (String path : new String[] {"/moved/mlx/api/runs", "/MOVED/MLX/API/RUNS", "/moved/mlx/api/me"}) {
                HttpResponse<String> answer = client.get(path, basic("ada", "a"));
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(answer.body()).contains("No rights are checked at this path");
            }
        }
    }
}
