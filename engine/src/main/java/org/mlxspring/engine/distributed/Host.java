package org.mlxspring.engine.distributed;

import java.util.List;

/**
 * A machine that one process runs on.
 *
 * @param ssh its name for {@code ssh}; {@code localhost} or {@code 127.0.0.1} is this machine
 * @param ips its addresses that the other machines reach; with several, the ring has as many connections
 */
public record Host(String ssh, List<String> ips) {

    /** Whether it is this machine, where a process is started without {@code ssh}. */
    public boolean isLocal() {
        return ssh.equals("localhost") || ssh.equals("127.0.0.1");
    }
}
