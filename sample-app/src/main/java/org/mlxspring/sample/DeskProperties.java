package org.mlxspring.sample;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the desk.
 *
 * @param data Folder of the database, the base model and what is learnt.
 * @param export When answered tickets become a new dataset version, as a cron expression.
 * @param passwords Passwords of the demonstration users.
 */
@ConfigurationProperties("desk")
public record DeskProperties(String data, String export, Passwords passwords) {

    /** The folder of {@link #data()}. It is text above, for as a path it would also be looked for on the class path. */
    public Path folder() {
        return Path.of(data);
    }

    /**
     * Passwords of the demonstration users.
     *
     * @param viewer Password of viewer, who reads.
     * @param trainer Password of trainer, who also starts and stops runs.
     * @param admin Password of admin, who may do everything.
     */
    public record Passwords(String viewer, String trainer, String admin) {}
}
