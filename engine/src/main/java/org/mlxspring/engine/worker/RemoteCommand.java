package org.mlxspring.engine.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mlxspring.engine.distributed.Host;
import org.mlxspring.engine.distributed.Place;

/**
 * The command line that starts a worker on another host by {@code ssh}, whose standard streams are then the worker's: it
 * gets its task as a worker on this machine does, and ends when the connection does.
 */
final class RemoteCommand {

    private RemoteCommand() {}

    /**
     * @param environment variables that the worker gets there
     * @param worker what starts a worker there, as a line for a shell
     */
    static List<String> of(List<String> ssh, Host host, Place place, Map<String, String> environment, String worker) {
        StringBuilder script = new StringBuilder("hosts=$(mktemp) && trap 'rm -f \"$hosts\"' EXIT && printf %s "
                + quoted(Place.json(place.addresses())) + " > \"$hosts\" && ");
        new TreeMap<>(environment)
                .forEach((name, value) ->
                        script.append(name).append('=').append(quoted(value)).append(' '));
        script.append(Place.RANK + "=" + place.rank() + " " + Place.HOSTFILE + "=\"$hosts\" " + worker);
        List<String> command = new ArrayList<>(ssh);
        command.add(host.ssh());
        // The user's own shell there may be another one.
        command.add("exec sh -c " + quoted(script.toString()));
        return command;
    }

    /** A command as a line for a shell. */
    static String line(List<String> command) {
        return command.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
