package org.mlxspring.engine.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gathers the processes of a group and notices when one is gone, which MLX's ring does only where a connection is closed,
 * and without a name. Each rank holds a connection to rank 0, at rank 0's own first address, which the ring itself uses
 * only afterwards; both sides say every second that they are there.
 */
final class Watch implements AutoCloseable {

    private static final Duration BEAT = Duration.ofSeconds(1);
    /** Longer than any pause of a JVM, or of a network that recovers. */
    private static final Duration SILENCE = Duration.ofSeconds(30);
    /** How long the owner of MLX has to learn by itself what the watch knows. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Place place;
    private final List<Peer> peers;
    private final Consumer<String> onLoss;
    private final CompletableFuture<String> loss = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Watch(Place place, List<Peer> peers, Consumer<String> onLoss) {
        this.place = place;
        this.peers = peers;
        this.onLoss = onLoss;
    }

    /**
     * Waits until all processes have come.
     *
     * @param limit how long at most
     * @param onLoss receives on a thread of the watch that one is gone, some time after {@link #loss} would give it
     * @throws DistributedException naming who did not come
     */
    static Watch gather(Place place, Duration limit, Consumer<String> onLoss) {
        long end = System.nanoTime() + limit.toNanos();
        Watch watch =
                new Watch(place, place.rank() == 0 ? accept(place, limit, end) : connect(place, limit, end), onLoss);
        for (Peer peer : watch.peers) {
            daemon("watch-rank-" + peer.rank(), () -> watch.listen(peer));
        }
        daemon("watch-beat", watch::beat);
        return watch;
    }

    private static List<Peer> accept(Place place, Duration limit, long end) {
        List<Peer> peers = new ArrayList<>();
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(address(place));
            while (peers.size() < place.size() - 1) {
                server.setSoTimeout(millisUntil(end));
                Peer.greeted(server.accept(), place.size())
                        .filter(peer -> peers.stream().noneMatch(other -> other.rank() == peer.rank()))
                        .ifPresent(peers::add);
            }
        } catch (SocketTimeoutException e) {
            TreeSet<Integer> absent =
                    IntStream.range(1, place.size()).boxed().collect(Collectors.toCollection(TreeSet::new));
            peers.forEach(peer -> absent.remove(peer.rank()));
            String names = absent.stream().map(place::name).collect(Collectors.joining(", "));
            peers.forEach(peer -> peer.say("failed " + names + " did not come"));
            throw new DistributedException(
                    "Within " + limit.toMinutes() + " minutes these did not come: " + names
                            + ". Every rank must be started, and reach " + place.name(0) + ".",
                    e);
        } catch (IOException e) {
            throw new DistributedException(
                    place.name(0) + " cannot listen at its address: " + e.getMessage()
                            + ". It must be one of this machine's, and its port free.",
                    e);
        }
        peers.sort(Comparator.comparingInt(Peer::rank));
        peers.forEach(peer -> peer.say("complete"));
        return peers;
    }

    private static List<Peer> connect(Place place, Duration limit, long end) {
        while (true) {
            try {
                Socket socket = new Socket();
                socket.connect(address(place), millisUntil(end));
                Peer first = Peer.greeting(socket, place, millisUntil(end));
                // Rank 0 listens to the ring a moment after it has said that all are there; MLX would then wait a
                // second.
                Thread.sleep(RETRY);
                return List.of(first);
            } catch (IOException e) {
                if (System.nanoTime() + RETRY.toNanos() >= end) {
                    throw new DistributedException(
                            place.name(place.rank()) + " did not reach " + place.name(0) + " within "
                                    + limit.toMinutes() + " minutes: " + e.getMessage()
                                    + ". Every rank must be started, and its address be reachable from the others.",
                            e);
                }
                pause(RETRY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DistributedException("Waiting for the other processes was interrupted.", e);
            }
        }
    }

    private static InetSocketAddress address(Place place) throws IOException {
        String first = place.addresses().getFirst().getFirst();
        int colon = first.indexOf(':');
        return new InetSocketAddress(
                InetAddress.getByName(first.substring(0, colon)), Integer.parseInt(first.substring(colon + 1)));
    }

    private static int millisUntil(long end) throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private void listen(Peer peer) {
        String name = place.name(peer.rank());
        try {
            peer.limitSilence(SILENCE);
            while (true) {
                String line = peer.hear();
                if (line == null) {
                    lose(name + " is gone: its process or its machine ended");
                    return;
                }
                if (line.equals("end")) {
                    return;
                }
                if (line.startsWith("failed ")) {
                    lose(line.substring("failed ".length()));
                    return;
                }
            }
        } catch (SocketTimeoutException e) {
            lose(name + " has said nothing for " + SILENCE.toSeconds()
                    + " seconds: its process hangs, or its machine or the" + " network is down");
        } catch (IOException e) {
            lose(name + " is gone: " + e.getMessage());
        }
    }

    private void lose(String reason) {
        if (closed.getCount() == 0 || !loss.complete(sentence(reason))) {
            return;
        }
        peers.forEach(peer -> peer.say("failed " + reason));
        if (!pause(closed, GRACE)) {
            onLoss.accept(sentence(reason));
        }
    }

    private static String sentence(String reason) {
        String capital = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    private void beat() {
        do {
            peers.forEach(peer -> peer.say("here"));
        } while (!pause(closed, BEAT));
    }

    /** Why the group can no longer work, as a sentence; waits a moment for it. */
    Optional<String> loss() {
        try {
            return Optional.of(loss.get(GRACE.toMillis() / 2, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        }
    }

    /** Leaves with a reason that the others are to end with. */
    void fail(String reason) {
        leave("failed " + reason.replaceAll("\\s*\\R\\s*", " "));
    }

    /** Leaves; the others go on. */
    @Override
    public void close() {
        leave("end");
    }

    private void leave(String lastWord) {
        if (closed.getCount() > 0) {
            closed.countDown();
            peers.forEach(peer -> peer.leave(lastWord));
        }
    }

    /** Whether it was closed before the time was over. */
    private static boolean pause(CountDownLatch closed, Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void pause(Duration time) {
        pause(new CountDownLatch(1), time);
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
