package org.mlxspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.sample.Desk.as;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The desk's page, the starter's page beside it, and who may see them; the first run waits and is not worked on. */
class PagesTest {

    private static @TempDir Path data;
    private static Desk desk;

    @BeforeAll
    static void start() {
        desk = new Desk(data, "--mlx.runs.concurrency=0");
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    @Test
    void nobodyGetsInWithoutSigningIn() throws Exception {
        for (String path : new String[] {"/", "/mlx", "/mlx/api/runs"}) {
            assertThat(desk.get(path).statusCode()).as(path).isEqualTo(401);
        }
        HttpResponse<String> browser = desk.get("/mlx", "Accept", "text/html");
        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        assertThat(desk.get("/actuator/health").body()).contains("UP");
        assertThat(desk.get("/actuator/info").statusCode()).isEqualTo(401);
    }

    @Test
    void theTicketsAreOnTheDesksOwnPage() throws Exception {
        String first = desk.get("/", as("viewer")).body();
        assertThat(first).contains("<title>Service desk</title>", "Page 1 of 12", "href=\"/mlx\"", "<td>50</td>");
        assertThat(desk.get("/?page=12", as("viewer")).body()).contains("<td>600</td>", "Page 12 of 12");
        assertThat(desk.get("/?page=99", as("viewer")).body()).contains("Page 12 of 12");
    }

    @Test
    void theFirstRunIsQueuedWithTheTicketsOfTheDesk() throws Exception {
        HttpResponse<String> runs = desk.get("/mlx/api/runs", as("viewer"));
        assertThat(runs.statusCode()).isEqualTo(200);
        assertThat(runs.body())
                .contains("\"state\":\"QUEUED\"", "\"dataset\":\"tickets\"", "\"schedule\":\"nightly\"")
                .contains("\"startedBy\":\"first-start\"");
        assertThat(desk.get("/mlx/api/datasets/tickets/versions", as("viewer")).body())
                .contains("\"version\":1")
                .doesNotContain("\"version\":2");
    }

    @Test
    void viewersLookOnAndTrainersStart() throws Exception {
        assertThat(desk.get("/mlx", as("viewer")).body()).contains("<html");
        assertThat(desk.post("/mlx/api/schedules/none/run", "", as("viewer")).statusCode())
                .isEqualTo(403);
        assertThat(desk.post("/mlx/api/schedules/none/run", "", as("trainer")).statusCode())
                .isEqualTo(404);
        assertThat(desk.get("/mlx/api/me", as("admin")).body()).contains("ADMIN");
    }

    @Test
    void oneLoginServesBothPages() throws Exception {
        String form = desk.get("/login", "Accept", "text/html").body();
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
        assertThat(token.find()).isTrue();
        desk.post("/login", "username=trainer&password=trainer&_csrf=" + token.group(1));
        assertThat(desk.get("/").body()).contains("trainer", "Sign out");
        assertThat(desk.get("/mlx").statusCode()).isEqualTo(200);
    }
}
