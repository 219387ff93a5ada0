package org.mlxspring.autoconfigure.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with a profile of its own, found on the PATH; nothing is downloaded. */
final class Browser implements AutoCloseable {
    static final String NEEDED = "The tests of the page need Chromium and its driver on the PATH; on Debian:"
            + " apt install chromium chromium-driver";
    private static final Path PICTURES = Path.of("target", "page");

    private final Path profile;
    private final ChromeDriver driver;
    private final String address;

    Browser(String address) {
        this.address = address;
        try {
            profile = Files.createTempDirectory("mlx-page");
            Files.createDirectories(PICTURES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium").orElseThrow())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver").orElseThrow())
                        .build(),
                options);
        size(1280, 900);
    }

    static boolean isInstalled() {
        return program("chromium").isPresent() && program("chromedriver").isPresent();
    }

    void open(String path) {
        driver.get(address + path);
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean dark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    void signIn(String name, String password) {
        find("#username").sendKeys(name);
        find("#password").sendKeys(password);
        find("form button").click();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    boolean shows(String css) {
        return driver.findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
    }

    /** What is to be read; nothing while one page makes way for the next. */
    String text() {
        try {
            return find("body").getText();
        } catch (StaleElementReferenceException | NoSuchElementException e) {
            return "";
        } catch (WebDriverException e) {
            // Newer drivers say it in these words.
            if (String.valueOf(e.getMessage()).contains("does not belong to the document")) {
                return "";
            }
            throw e;
        }
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /** Waits until the page reads {@code text} somewhere. */
    void await(String text) {
        new WebDriverWait(driver, Duration.ofSeconds(40))
                .withMessage(() -> "The page does not read '" + text + "':\n" + text())
                .until(it -> text().contains(text));
    }

    /** Waits minutes, as a real run may take, until the page reads one of {@code texts}. */
    void awaitLong(String... texts) {
        new WebDriverWait(driver, Duration.ofMinutes(5))
                .withMessage(() -> "The page reads none of " + List.of(texts) + ":\n" + text())
                .until(it -> Stream.of(texts).anyMatch(text()::contains));
    }

    /** A picture for whoever looks after the page, under {@code target/page}. */
    void picture(String name) {
        try {
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Object script(String javaScript) {
        return driver.executeScript(javaScript);
    }

    /** What the browser complained of, such as a script error or a breach of the content security policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                // Chromium says so when a name is typed before the page has loaded; nothing is wrong then.
                .filter(message -> !message.contains("Autofocus processing was blocked"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        FileSystemUtils.deleteRecursively(profile);
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }
}
