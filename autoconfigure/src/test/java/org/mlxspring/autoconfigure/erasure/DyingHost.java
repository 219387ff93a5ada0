package org.mlxspring.autoconfigure.erasure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A host in a process of its own, which ends in the middle of an erasure, as if it were killed. */
final class DyingHost {

    /** What the process exits with. */
    static final int KILLED = 137;

    private DyingHost() {}

    @Configuration(proxyBeanMethods = false)
    static class Deadly {
        @Bean
        ErasableStore deadly() {
            return new ErasableStore() {
                @Override
                public String place() {
                    return "nowhere";
                }

                @Override
                public long erase(ErasedRows rows) {
                    Runtime.getRuntime().halt(KILLED);
                    return 0;
                }

                @Override
                public Holding look(ErasedRows rows) {
                    return new Holding(0, 0);
                }
            };
        }
    }

    /** Arguments: the home folder, then properties. */
    public static void main(String[] arguments) throws InterruptedException {
        Host.start(
                List.of(Host.Pretending.class, Deadly.class),
                Path.of(arguments[0]),
                Arrays.copyOfRange(arguments, 1, arguments.length));
        Thread.currentThread().join();
    }
}
