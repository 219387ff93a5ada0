package org.mlxspring.autoconfigure.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;

/** The filter chain for {@code /mlx/**}. Users, passwords and sessions are the host's; only the rules are ours. */
@Configuration(proxyBeanMethods = false)
@Import({WithoutHostSecurity.class, LoginPageController.class, MeController.class})
public class SecurityConfiguration {
    /** Before any chain of the host, which may match every path. */
    private static final int BEFORE_THE_HOST = Ordered.HIGHEST_PRECEDENCE + 100;

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);

    @Bean
    HostAuthorities mlxHostAuthorities(SecurityProperties properties) {
        return new HostAuthorities(properties);
    }

    @Bean
    MlxPaths mlxPaths(ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        return new MlxPaths(dispatcherServlet.stream()
                .findFirst()
                .map(DispatcherServletPath::getPrefix)
                .orElse(""));
    }

    @Bean
    SignInFirst mlxSignInFirst(MlxPaths paths, SecurityProperties properties, ListableBeanFactory beans) {
        return new SignInFirst(paths, properties, new HostLogin(beans));
    }

    @Bean
    static UncheckedRequests mlxUncheckedRequests() {
        return new UncheckedRequests();
    }

    @Bean
    @Order(BEFORE_THE_HOST)
    SecurityFilterChain mlxSecurityFilterChain(
            HttpSecurity http,
            AuthenticationConfiguration users,
            MlxPaths paths,
            HostAuthorities authorities,
            SignInFirst signInFirst) {
        if (users.getAuthenticationManager() == null) {
            LOG.warn(
                    "Nobody can sign in to /mlx by name and password: the application has no UserDetailsService,"
                            + " AuthenticationProvider or AuthenticationManager bean. Add one whose users hold one of the"
                            + " authorities {}, or name the application's own authorities in mlx.security.viewer-authorities,"
                            + " mlx.security.trainer-authorities and mlx.security.admin-authorities.",
                    authorities.accepted(Role.VIEWER).toList());
            http.authenticationManager(new Nobody());
        }
        AccessRules access = new AccessRules(paths, authorities);
        return http.securityMatcher(paths.matcher(MlxPaths.ALL))
                .authorizeHttpRequests(rules -> rules.requestMatchers(
                                paths.matcher(MlxPaths.LOGIN), paths.matcher(HttpMethod.GET, MlxPaths.STYLE))
                        .permitAll()
                        .anyRequest()
                        .access(access.decision()))
                .httpBasic(basic -> basic.authenticationEntryPoint(signInFirst))
                .formLogin(form -> form.loginPage(paths.url(MlxPaths.LOGIN))
                        .defaultSuccessUrl(paths.url(MlxPaths.PAGE))
                        .failureUrl(paths.url(MlxPaths.LOGIN) + "?error")
                        .withObjectPostProcessor(formAt(paths)))
                .logout(logout -> logout.logoutRequestMatcher(paths.matcher(HttpMethod.POST, MlxPaths.LOGOUT))
                        .logoutSuccessUrl(paths.url(MlxPaths.LOGIN) + "?signed-out"))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new AndRequestMatcher(
                        CsrfFilter.DEFAULT_CSRF_MATCHER, new NegatedRequestMatcher(Caller::signsEachRequest))))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(signInFirst)
                        .accessDeniedHandler(new NotAllowed(paths, authorities, access, signInFirst)))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterAfter(new CheckedFilter(), AuthorizationFilter.class)
                .build();
    }

    /**
     * Where the form is posted to. {@code loginProcessingUrl} would read the path with or without the dispatcher
     * servlet's, depending on whether Boot's security is there.
     */
    private static ObjectPostProcessor<UsernamePasswordAuthenticationFilter> formAt(MlxPaths paths) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends UsernamePasswordAuthenticationFilter> O postProcess(O filter) {
                filter.setRequiresAuthenticationRequestMatcher(paths.matcher(HttpMethod.POST, MlxPaths.LOGIN));
                return filter;
            }
        };
    }
}
