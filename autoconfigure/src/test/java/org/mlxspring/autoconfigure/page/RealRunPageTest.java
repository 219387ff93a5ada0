package org.mlxspring.autoconfigure.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** The page of a whole application while its engine trains a model of random weights. */
class RealRunPageTest {
    private static final Path LLAMA = Path.of("../engine/src/test/resources/fixtures/llama");

    private static @TempDir Path home;
    private static ConfigurableApplicationContext host;
    private static Browser browser;
    private static String address;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {}

    @BeforeAll
    static void start() {
        assumeTrue(Browser.isInstalled(), Browser.NEEDED);
        host = SpringApplication.run(
                Host.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:mem:page",
                "--spring.flyway.enabled=false",
                "--spring.batch.job.enabled=false",
                "--spring.security.user.name=tina",
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=MLX_TRAINER",
                "--mlx.security.login-page=/mlx/login",
                "--mlx.models.tiny.path=" + LLAMA.resolve("model").toAbsolutePath(),
                "--mlx.schedules.nightly.cron=0 0 2 * * *",
                "--mlx.schedules.nightly.model=tiny",
                "--mlx.schedules.nightly.dataset=talks",
                "--mlx.schedules.nightly.settings.iters=12",
                "--mlx.schedules.nightly.settings.num_layers=4",
                "--mlx.schedules.nightly.settings.batch_size=2",
                "--mlx.schedules.nightly.settings.learning_rate=0.001",
                "--mlx.schedules.nightly.settings.steps_per_eval=4",
                "--mlx.home=" + home);
        address = "http://localhost:" + host.getEnvironment().getRequiredProperty("local.server.port");
        browser = new Browser(address);
    }

    @AfterAll
    static void stop() throws Exception {
        if (host != null) {
            browser.close();
            host.close();
        }
    }

    @Test
    void aRealRunIsFollowedFromTheButtonToTheDecision() {
        upload();
        browser.open("/mlx");
        browser.signIn("tina", "secret");
        browser.await("Nothing has run yet.");
        browser.find("#start").click();
        browser.await("talks, version 1");
        assertThat(browser.find("#start-iters").getAttribute("value")).isEqualTo("12");
        browser.find("#start-others").sendKeys(Keys.END + "\nsteps_per_report: 1");
        browser.find("#start-dialog .primary").click();
        browser.awaitLong("tiny is learning talks v1.", "is being judged", "finished,", "was promoted");
        browser.awaitLong("finished, and the champion stays", "was promoted", "failed");
        browser.picture("real");
        assertThat(browser.text()).contains("Judgement", "Base model", "Candidate");
        assertThat(browser.find("canvas").getAttribute("aria-label")).contains("Loss over 12 iterations");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void upload() {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("name", "talks");
        parts.add("train", new FileSystemResource(LLAMA.resolve("data/train.jsonl")));
        parts.add("valid", new FileSystemResource(LLAMA.resolve("data/valid.jsonl")));
        parts.add("test", new FileSystemResource(LLAMA.resolve("data/valid.jsonl")));
        RestClient.create(address)
                .post()
                .uri("/mlx/api/datasets")
                .headers(headers -> headers.setBasicAuth("tina", "secret"))
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(parts)
                .retrieve()
                .toBodilessEntity();
    }
}
