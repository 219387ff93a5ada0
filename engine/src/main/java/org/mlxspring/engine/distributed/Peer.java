package org.mlxspring.engine.distributed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the {@link Watch}, in lines: {@code rank 1 of 2} from who came, {@code complete} when all have, then
 * {@code here} every second from both sides, and at last {@code end}, or {@code failed} with a reason.
 *
 * @param rank of the process at the other side
 */
record Peer(int rank, Socket socket, BufferedReader in) {

    private static final Pattern GREETING = Pattern.compile("rank (\\d{1,4}) of (\\d{1,4})");
    private static final int GREETING_MILLIS = 5000;

    /** Who has come to rank 0; empty for somebody else, who is sent away. */
    static Optional<Peer> greeted(Socket socket, int size) throws IOException {
        try {
            socket.setSoTimeout(GREETING_MILLIS);
            BufferedReader in = reader(socket);
            Matcher greeting = GREETING.matcher(String.valueOf(in.readLine()));
            if (greeting.matches() && Integer.parseInt(greeting.group(2)) == size) {
                int rank = Integer.parseInt(greeting.group(1));
                if (rank > 0 && rank < size) {
                    return Optional.of(new Peer(rank, socket, in));
                }
            }
        } catch (IOException e) {
            // Whoever it was has left.
        }
        socket.close();
        return Optional.empty();
    }

    /**
     * Comes to rank 0, and waits until all have.
     *
     * @throws IOException if rank 0 sends this process away, or is not yet there
     */
    static Peer greeting(Socket socket, Place place, int millis) throws IOException {
        socket.setSoTimeout(millis);
        Peer first = new Peer(0, socket, reader(socket));
        first.say("rank " + place.rank() + " of " + place.size());
        String answer = first.hear();
        if (!"complete".equals(answer)) {
            socket.close();
            throw new IOException(answer == null ? "it closed the connection" : answer);
        }
        return first;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void limitSilence(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
    }

    /** The next line; null at the end. */
    @Nullable
    String hear() throws IOException {
        return in.readLine();
    }

    /** Says a line; nothing happens if the other side no longer listens, since {@link #hear} tells that. */
    void say(String line) {
        synchronized (socket) {
            try {
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It is gone.
            }
        }
    }

    void leave(String lastWord) {
        say(lastWord);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
