package org.mlxspring.autoconfigure.security;

import java.util.List;
import org.mlxspring.autoconfigure.MlxSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the hosts of these tests share: a web server, two paths of their own, and a stand-in for the API. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    MlxSecurityAutoConfiguration.class
})
@Import({WebHost.Greeting.class, WebHost.StandIn.class})
class WebHost {
    static final List<String> ANY_PORT = List.of("--server.port=0", "--spring.main.banner-mode=off");

    /**
     * victor reads, tina trains, ada may do everything but read rows, rita reads rows, erik erases them, and bob has
     * nothing to do with it.
     */
    static UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("victor")
                        .password("{noop}v")
                        .roles("MLX_VIEWER")
                        .build(),
                User.withUsername("tina")
                        .password("{noop}t")
                        .roles("MLX_TRAINER")
                        .build(),
                User.withUsername("ada").password("{noop}a").roles("MLX_ADMIN").build(),
                User.withUsername("rita")
                        .password("{noop}r")
                        .roles("MLX_ROW_READER")
                        .build(),
                User.withUsername("erik")
                        .password("{noop}e")
                        .roles("MLX_ERASER")
                        .build(),
                User.withUsername("bob").password("{noop}b").roles("CLERK").build());
    }

    @RestController
    static class Greeting {
        @GetMapping("/hello")
        String hello() {
            return "hello from the host";
        }

        @PostMapping("/hello")
        String take() {
            return "taken by the host";
        }

        @GetMapping("/open")
        String open() {
            return "open to all";
        }
    }

    @RestController
    static class StandIn {
        @GetMapping("/mlx")
        String page() {
            return "the page";
        }

        @GetMapping("/mlx/api/runs")
        String runs() {
            return "runs";
        }

        @GetMapping({"/mlx/api/datasets/{name}/rows", "/mlx/api/datasets/{name}/rows/{id}"})
        String rows() {
            return "text of rows";
        }

        @PostMapping("/mlx/api/datasets/{name}/rows")
        String add() {
            return "added";
        }

        @GetMapping("/mlx/api/datasets/{name}/rows/{id}/lineage")
        String lineage() {
            return "lineage of a row";
        }

        @GetMapping({"/mlx/api/audit", "/mlx/api/erasures/{id}", "/mlx/api/clean-ups"})
        String log() {
            return "a log";
        }

        @PostMapping({"/mlx/api/erasures", "/mlx/api/clean-ups"})
        String erase() {
            return "erasing";
        }

        @PostMapping("/mlx/api/runs")
        String start() {
            return "started";
        }
    }
}
