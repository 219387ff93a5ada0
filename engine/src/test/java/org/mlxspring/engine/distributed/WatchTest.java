package org.mlxspring.engine.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watches of several ranks in one JVM. */
@Timeout(60)
class WatchTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<List<String>> addresses =
            List.of(List.of(freeAddress()), List.of("there:1"), List.of("there:2"));

    @Test
    void theReasonOfOneReachesAll() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        List<Watch> watches = gather(told);
        watches.get(1).fail("rank 1 of 3 failed: its disk\nis full.");
        assertThat(watches.get(0).loss()).hasValue("Rank 1 of 3 failed: its disk is full.");
        assertThat(watches.get(2).loss()).hasValue("Rank 1 of 3 failed: its disk is full.");
        watches.get(2).close();
        // Who does not leave by itself is told, to be ended.
        assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo("Rank 1 of 3 failed: its disk is full.");
    }

    @Test
    void whoLeavesInPeaceIsNotMissed() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        List<Watch> watches = gather(told);
        watches.get(1).close();
        watches.get(0).close();
        assertThat(watches.get(2).loss()).isEmpty();
        watches.get(2).close();
        assertThat(told).isNotDone();
    }

    @Test
    void whoDoesNotComeIsNamed() {
        CompletableFuture<Void> somebodyElse = CompletableFuture.runAsync(this::greetWrongly);
        assertThatThrownBy(() -> Watch.gather(new Place(0, addresses), Duration.ofSeconds(2), reason -> {}))
                .isInstanceOf(DistributedException.class)
                .hasMessageContaining("these did not come: rank 1 of 3 (there:1), rank 2 of 3 (there:2)");
        assertThat(somebodyElse).succeedsWithin(LIMIT);
        assertThatThrownBy(() -> Watch.gather(new Place(1, addresses), Duration.ofSeconds(1), reason -> {}))
                .isInstanceOf(DistributedException.class)
                .hasMessageStartingWith("rank 1 of 3 (there:1) did not reach rank 0 of 3");
    }

    private List<Watch> gather(CompletableFuture<String> told) throws Exception {
        List<CompletableFuture<Watch>> coming = new ArrayList<>();
        for (int rank = 0; rank < addresses.size(); rank++) {
            Place place = new Place(rank, addresses);
            coming.add(CompletableFuture.supplyAsync(
                    () -> Watch.gather(place, LIMIT, told::complete),
                    task -> Thread.ofPlatform().start(task)));
        }
        List<Watch> watches = new ArrayList<>();
        for (CompletableFuture<Watch> each : coming) {
            watches.add(each.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
        return watches;
    }

    /** A scanner of ports, or a rank of another run. */
    private void greetWrongly() {
        String[] address = addresses.getFirst().getFirst().split(":");
        for (int attempt = 0; attempt < 50; attempt++) {
            try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
                socket.getOutputStream().write("rank 1 of 2\n".getBytes(StandardCharsets.UTF_8));
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
                return;
            } catch (IOException e) {
                sleep();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String freeAddress() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
