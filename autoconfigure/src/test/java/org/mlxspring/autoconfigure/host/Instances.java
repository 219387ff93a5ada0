package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Two instances of one application on one database. */
final class Instances {

    private Instances() {}

    /** Lets a schedule come up every four seconds on two instances, and counts its runs. */
    static void startAScheduleOnceEachTime(Path home, String... database) throws InterruptedException {
        List<String> properties = new ArrayList<>(Arrays.asList(database));
        properties.add("mlx.schedules.often.cron=*/4 * * * * *");
        properties.add("mlx.schedules.often.model=small");
        properties.add("mlx.schedules.often.dataset=shared");
        properties.add("mlx.schedules.often.settings.iters=1");
        String[] all = properties.toArray(String[]::new);
        try (Host one = Host.start(List.of(Host.Pretending.class), home, all);
                Host two = Host.start(List.of(Host.Pretending.class), home, all)) {
            one.upload("shared", Map.of("train", Host.rows("s", 30)));
            Instant from = Instant.now();
            while (runs(two).size() < 3) {
                assertThat(Instant.now()).isBefore(from.plusSeconds(60));
                Thread.sleep(500);
            }
            List<Long> times = runs(one)
                    .valueStream()
                    .map(run -> Instant.parse(run.path("createdAt").asString()).getEpochSecond() / 4)
                    .toList();
            assertThat(times).as("one run each time").doesNotHaveDuplicates();
            String newest = runs(two).get(0).path("id").asString();
            one.awaitState(newest, "SUCCEEDED");
        }
    }

    private static JsonNode runs(Host host) {
        return host.get("/mlx/api/runs?dataset=shared&size=100").body().path("content");
    }
}
