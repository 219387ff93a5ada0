package org.mlxspring.sample;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the desk.
 *
 * @param data Folder of the database, the base model and what is learnt.
 * @param passwords Passwords of the demonstration users.
 */
@ConfigurationProperties("desk")
public record DeskProperties(String data, Passwords passwords) {

    /** The folder of {@link #data()}. It is text above, for as a path it would also be looked for on the class path. */
    public Path folder() {
        return Path.of(data);
    }

    /**
     * Passwords of the demonstration users.
     *
     * @param viewer Password of viewer, who reads.
     * @param trainer Password of trainer, who also starts and stops runs.
     * @param admin Password of admin, who may do everything but read rows.
     * @param officer Password of officer, who guards personal data: reads rows and erases them.
     */
    public record Passwords(String viewer, String trainer, String admin, String officer) {}
}
