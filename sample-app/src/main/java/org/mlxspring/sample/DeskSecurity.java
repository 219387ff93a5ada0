package org.mlxspring.sample;

import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The desk's own security. The starter brings the rules for {@code /mlx} and takes the users from here. */
@Configuration(proxyBeanMethods = false)
class DeskSecurity {

    @Bean
    SecurityFilterChain deskSecurityFilterChain(HttpSecurity http) {
        return http.authorizeHttpRequests(rules -> rules.requestMatchers("/actuator/health", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService deskUsers(DeskProperties desk) {
        return new InMemoryUserDetailsManager(
                user("viewer", desk.passwords().viewer(), "MLX_VIEWER"),
                user("trainer", desk.passwords().trainer(), "MLX_TRAINER"),
                user("admin", desk.passwords().admin(), "MLX_ADMIN"),
                user("officer", desk.passwords().officer(), "MLX_VIEWER", "MLX_ROW_READER", "MLX_ERASER"));
    }

    private static UserDetails user(String name, String password, String... roles) {
        return User.withUsername(name)
                .password("{noop}" + password)
                .roles(Stream.concat(Stream.of("DESK"), Stream.of(roles)).toArray(String[]::new))
                .build();
    }
}
