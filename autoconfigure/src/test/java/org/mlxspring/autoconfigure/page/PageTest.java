package org.mlxspring.autoconfigure.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class PageTest {
    private static ConfigurableApplicationContext host;
    private static Browser browser;
    private static MadeUpApi api;

    @BeforeAll
    static void start() {
        assumeTrue(Browser.isInstalled(), Browser.NEEDED);
        host = SpringApplication.run(
                PageHost.class,
                "--server.port=0",
                "--server.servlet.context-path=/desk",
                "--spring.main.banner-mode=off");
        api = host.getBean(MadeUpApi.class);
        browser = new Browser(
                "http://localhost:" + host.getEnvironment().getRequiredProperty("local.server.port") + "/desk");
    }

    @AfterAll
    static void stop() throws Exception {
        if (host != null) {
            browser.close();
            host.close();
        }
    }

    @BeforeEach
    void lastWeek() {
        api.empty = false;
        api.runs.clear();
        api.runs.addAll(MadeUpRuns.lastWeek());
        browser.size(1280, 900);
        browser.dark(false);
        browser.forgetCookies();
    }

    @AfterEach
    void nothingToComplainOf() {
        assertThat(browser.complaints()).noneMatch(complaint -> !complaint.contains("status of 422"));
    }

    private static void openAs(String name, String password) {
        browser.open("/mlx");
        browser.signIn(name, password);
        browser.await(name + ", ");
    }

    @Test
    void theLoginPageSaysWhatIsWrong() {
        browser.open("/mlx");
        browser.picture("login");
        browser.signIn("tina", "wrong");
        browser.await("The user name or the password is wrong.");
        browser.dark(true);
        browser.picture("login-dark");
        browser.signIn("tina", "t");
        browser.await("tina, trainer");
        browser.find("#sign-out button").click();
        browser.await("You are signed out.");
    }

    @Test
    void theNewestRunIsToldInASentenceWithItsScoresAndItsLoss() {
        openAs("tina", "t");
        browser.await("desk-model on tickets v3 was promoted: 94% of answers exact, before 88%.");
        assertThat(browser.find("table").getText()).contains("Base model", "Champion before", "Candidate 94%");
        assertThat(browser.find("table").getText()).contains("Token F1", "ROUGE-L", "Fields right", "97%", "91–100");
        assertThat(browser.find(".check").getText())
                .isEqualTo("The fused model against base and adapter, on 1,899 tokens: the same first choice for"
                        + " 98.7%, mean KL divergence 1.3e−5 nats (kept up to 0.01).");
        assertThat(browser.find(".facts").getText()).contains("loss 0.214 at iteration 500", "Reward margin", "1.235");
        assertThat(browser.find("canvas").getAttribute("aria-label")).contains("Loss over 600 iterations");
        assertThat(inkOnChart()).isGreaterThan(500L);
        assertThat(browser.find("#schedules").getText()).contains("nightly", "tomorrow", "0 0 2 * * *");
        assertThat(browser.find("#models").getText()).contains("version 2, 94% exact", "no champion yet");
        browser.picture("promoted");
        browser.dark(true);
        browser.picture("promoted-dark");
    }

    @Test
    void aFailedRunSaysWhyAndCanBeRestarted() {
        openAs("tina", "t");
        browser.await("Failed");
        browser.find("a[href='#run=5']").click();
        browser.await("The engine's process was killed (signal 9) at iteration 350.");
        browser.picture("failed");
        browser.find("button[data-action=restart]").click();
        browser.await("is learning");
        browser.await("97% of answers exact, before 94%.");
    }

    @Test
    void aRunThatIsStartedMovesUntilItsEnd() {
        openAs("tina", "t");
        browser.await("Start a run");
        browser.find("#start").click();
        browser.await("What is left out has mlx-lm’s default.");
        assertThat(browser.find("#start-iters").getAttribute("value")).isEqualTo("600");
        assertThat(browser.find("#start-others").getAttribute("value")).isEqualTo("batch_size: 4");
        browser.find("#start-iters").clear();
        browser.find("#start-iters").sendKeys("many");
        browser.find("#start-dialog .primary").click();
        browser.await("Iterations must be a whole number, such as 400.");
        browser.picture("start-mistake");
        browser.find("#start-iters").clear();
        browser.find("#start-others").clear();
        browser.find("#start-others").sendKeys("num_layers: 40");
        browser.find("#start-dialog .primary").click();
        browser.await("num_layers is 40, but desk-model has 12 layers");
        browser.find("#start-others").clear();
        browser.find("#start-others").sendKeys("num_layers: 8" + Keys.ENTER + "lora_parameters: {\"rank\": 16}");
        browser.find("#start-dialog .primary").click();
        browser.await("desk-model is learning tickets v3.");
        String before = browser.find("canvas").getAttribute("aria-label");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        browser.find("canvas").getAttribute("aria-label"))
                .isNotEqualTo(before));
        browser.await("of 600 iterations, about");
        browser.picture("training");
        browser.await("was promoted: 97% of answers exact, before 94%.");
        assertThat(browser.find("#announcer").getAttribute("textContent")).startsWith("Succeeded.");
    }

    @Test
    void aRunCanBeStopped() {
        openAs("tina", "t");
        browser.await("Run now");
        browser.find("#schedules button").click();
        browser.await("is learning");
        browser.find("button[data-action=stop]").click();
        browser.await("was stopped after");
        assertThat(browser.shows("button[data-action=restart]")).isTrue();
    }

    @Test
    void aViewerSeesNoButtonsThatWouldBeRefused() {
        openAs("victor", "v");
        browser.await("was promoted");
        browser.find("a[href='#run=3']").click();
        browser.await("was stopped after");
        assertThat(browser.shows("#start, [data-action], #schedules button")).isFalse();
    }

    @Test
    void anEmptyPageSaysWhatToDoNext() {
        api.empty = true;
        api.runs.clear();
        openAs("tina", "t");
        browser.await("Nothing has run yet.");
        browser.await("mlx.models.NAME.path");
        browser.await("mlx.schedules.NAME.cron");
        browser.picture("empty");
        browser.find("#start").click();
        browser.await("There is no model yet.");
    }

    @Test
    void nothingIsCutOffOnANarrowScreen() {
        openAs("tina", "t");
        for (int width : new int[] {380, 320}) {
            browser.size(width, 1600);
            browser.await("was promoted");
            assertThat((Boolean) browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("%d px", width)
                    .isTrue();
        }
        browser.size(380, 1900);
        browser.picture("narrow");
        browser.find("#start").click();
        browser.picture("narrow-start");
    }

    private static long inkOnChart() {
        return ((Number) browser.script("""
                        const canvas = document.querySelector('canvas');
                        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                        let ink = 0;
                        for (let i = 3; i < data.length; i += 4) { ink += data[i] > 128 ? 1 : 0; }
                        return ink;
                        """)).longValue();
    }
}
