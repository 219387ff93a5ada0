package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An upload that is larger than the heap, through a socket. {@code -Dtest.upload.megabytes=2000} makes it larger yet. */
class LargeUploadTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MEGABYTES = Integer.getInteger("test.upload.megabytes", 300);
    /** Of a row, so that there are not too many for a test. */
    private static final int BYTES = 20_000;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void anUploadMayBeLargerThanTheHeap() throws Exception {
        String url = "spring.datasource.url=jdbc:h2:file:" + folder.resolve("database");
        Path home = folder.resolve("home");
        long start = System.nanoTime();
        try (ImportingApplication application =
                ImportingApplication.start(folder.resolve("child.log"), List.of("-Xmx256m"), home, url)) {
            String address = "http://localhost:" + application.port() + "/mlx/api/datasets/large/imports";
            JsonNode done = upload(address + "?wait=true&mode=append");
            assertThat(done.path("state").asString())
                    .as(done + application.log())
                    .isEqualTo("SUCCEEDED");
            assertThat(done.path("added").asLong()).isEqualTo(rows());
            assertThat(ImportTest.filesWith(home, "lorem ipsum")).isEmpty();
            assertThat(application.log()).doesNotContain("OutOfMemory", "lorem ipsum");
        }
        System.out.printf(
                "%d MB in %d rows with a heap of 256 MB: %.1f s%n",
                MEGABYTES, rows(), (System.nanoTime() - start) / 1e9);
    }

    private static long rows() {
        return MEGABYTES * 1_000_000L / BYTES;
    }

    private static JsonNode upload(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setChunkedStreamingMode(1 << 16);
        connection.setRequestProperty("Content-Type", "application/x-ndjson");
        connection.setRequestProperty(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("tina:t".getBytes(StandardCharsets.UTF_8)));
        String filler = "lorem ipsum dolor sit amet ".repeat(BYTES / 27 + 1).substring(0, BYTES - 40);
        try (OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
            for (long row = 0; row < rows(); row++) {
                out.write(("{\"text\": \"" + row + " " + filler + "\"}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return JSON.readTree(connection.getInputStream().readAllBytes());
    }
}
