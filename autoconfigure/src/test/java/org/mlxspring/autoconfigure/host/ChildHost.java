package org.mlxspring.autoconfigure.host;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A host in a process of its own, to be killed. */
final class ChildHost {

    private ChildHost() {}

    /** Arguments: the home folder, then properties. */
    public static void main(String[] arguments) throws InterruptedException {
        Host.start(
                List.of(Host.Pretending.class),
                Path.of(arguments[0]),
                Arrays.copyOfRange(arguments, 1, arguments.length));
        Thread.currentThread().join();
    }
}
