package org.mlxspring.engine.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.distributed.Host;

/**
 * The machines that the processes of a run are started on, one each.
 *
 * @param hosts in the order of their ranks; empty for this machine alone, however many processes there are
 * @param ssh the command that runs another on a host, which takes the host and then a line for its shell
 * @param remoteCommand what starts a worker on another host, as a line for its shell, such as {@code /opt/mlx/bin/mlx
 *     worker}; empty for the Java and the class path of this process, at the same places there
 */
public record WorkerHosts(List<Host> hosts, List<String> ssh, Optional<String> remoteCommand) {

    /** Where {@code mlx.launch} begins to number the ports of the ring. */
    private static final int FIRST_PORT = 32323;

    /** A host that does not answer for twenty seconds is gone. A worker has no terminal to ask for a password. */
    private static final List<String> SSH =
            List.of("ssh", "-o", "BatchMode=yes", "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=4");

    public WorkerHosts {
        hosts = List.copyOf(hosts);
        ssh = List.copyOf(ssh);
    }

    /** This machine alone. */
    public static WorkerHosts local() {
        return new WorkerHosts(List.of(), SSH, Optional.empty());
    }

    /** Other machines, by the system's {@code ssh}. */
    public static WorkerHosts of(List<Host> hosts, Optional<String> remoteCommand) {
        return new WorkerHosts(hosts, SSH, remoteCommand);
    }

    /**
     * The hosts of a run's ranks.
     *
     * @throws WorkerStartException if there are fewer than processes
     */
    List<Host> first(int processes) {
        if (hosts.isEmpty()) {
            return Collections.nCopies(processes, new Host("localhost", List.of("127.0.0.1")));
        }
        if (hosts.size() < processes) {
            throw new WorkerStartException(
                    "processes is " + processes + ", but the hostfile has only " + hosts.size()
                            + (hosts.size() == 1 ? " host." : " hosts."),
                    null);
        }
        return hosts.subList(0, processes);
    }

    /** Where the ring listens, for each rank: on this machine alone ports that are free now, else those of mlx.launch. */
    List<List<String>> addresses(int processes) throws IOException {
        List<List<String>> addresses = new ArrayList<>();
        if (hosts.isEmpty()) {
            for (int port : freePorts(processes)) {
                addresses.add(List.of("127.0.0.1:" + port));
            }
            return addresses;
        }
        int port = FIRST_PORT;
        for (Host host : first(processes)) {
            List<String> ofHost = new ArrayList<>();
            for (String ip : host.ips()) {
                ofHost.add(ip + ":" + port++);
            }
            addresses.add(ofHost);
        }
        return addresses;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
