package org.mlxspring.engine.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file of hosts that {@code mlx.launch} reads: {@code [{"ssh": "mac1", "ips": ["10.0.0.1"]}, ...]}, one for each rank. */
public final class Hostfile {

    private static final JsonMapper JSON = new JsonMapper();

    private Hostfile() {}

    /**
     * @throws IllegalArgumentException if it cannot be read, or a host lacks {@code ssh} or {@code ips}
     */
    public static List<Host> read(Path file) {
        JsonNode list;
        try {
            list = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The hostfile " + file + " is no JSON; it must be a list such as"
                    + " [{\"ssh\": \"mac1\", \"ips\": [\"10.0.0.1\"]}].");
        } catch (IOException e) {
            throw new IllegalArgumentException("The hostfile " + file + " cannot be read.", e);
        }
        List<Host> hosts = new ArrayList<>();
        for (JsonNode each : list) {
            String ssh = each.path("ssh").asString("");
            List<String> ips = new ArrayList<>();
            each.path("ips").forEach(ip -> ips.add(ip.asString("")));
            // A name that begins with a dash would be an option of ssh.
            if (ssh.isBlank()
                    || ssh.startsWith("-")
                    || ips.isEmpty()
                    || ips.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("Host " + (hosts.size() + 1) + " of the hostfile " + file
                        + " is wrong; each needs \"ssh\", its name, and \"ips\", a list of its addresses.");
            }
            hosts.add(new Host(ssh, ips));
        }
        if (!list.isArray() || hosts.isEmpty()) {
            throw new IllegalArgumentException("The hostfile " + file
                    + " must be a list of hosts such as [{\"ssh\": \"mac1\", \"ips\": [\"10.0.0.1\"]}].");
        }
        return hosts;
    }
}
