package org.mlxspring.autoconfigure.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which of the host's users may do what under {@code /mlx}.
 *
 * @param viewerAuthorities Authorities of the application that may read: datasets, runs, metrics, models, schedules and
 *     the page, without the text of rows. Trainers, admins, row readers and erasers may read without being listed here.
 * @param trainerAuthorities Authorities of the application that may also add rows and start, stop and restart runs.
 *     Admins may without being listed here.
 * @param adminAuthorities Authorities of the application that may do everything under /mlx but read the text of rows.
 * @param rowReaderAuthorities Authorities of the application that may read the text of rows. Nobody else may, not even
 *     admins; every reading is in the audit log.
 * @param eraserAuthorities Authorities of the application that may erase rows. Admins may without being listed here.
 * @param loginPage Path of the login page that a browser without a session is sent to, inside the application, such as
 *     /login. The default, auto, takes the application's own login page where its security has one, and /mlx/login
 *     where it has none.
 */
@ConfigurationProperties("mlx.security")
public record SecurityProperties(
        @DefaultValue("ROLE_MLX_VIEWER") List<String> viewerAuthorities,
        @DefaultValue("ROLE_MLX_TRAINER") List<String> trainerAuthorities,
        @DefaultValue("ROLE_MLX_ADMIN") List<String> adminAuthorities,
        @DefaultValue("ROLE_MLX_ROW_READER") List<String> rowReaderAuthorities,
        @DefaultValue("ROLE_MLX_ERASER") List<String> eraserAuthorities,
        @DefaultValue("auto") String loginPage) {}
