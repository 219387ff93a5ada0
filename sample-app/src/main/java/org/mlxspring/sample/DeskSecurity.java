package org.mlxspring.sample;

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
                user("admin", desk.passwords().admin(), "MLX_ADMIN"));
    }

    private static UserDetails user(String name, String password, String role) {
        return User.withUsername(name)
                .password("{noop}" + password)
                .roles("DESK", role)
                .build();
    }
}
