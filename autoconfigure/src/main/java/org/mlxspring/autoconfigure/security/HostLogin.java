package org.mlxspring.autoconfigure.security;

import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Where the host sends its own users to sign in. Asked at the first request rather than at start, because the host's
 * chains may be built after ours.
 */
final class HostLogin {
    private final ListableBeanFactory beans;

    HostLogin(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The entry point of the host's last chain that can sign a user in, empty where the host has no login page. */
    Optional<AuthenticationEntryPoint> entryPoint() {
        ObjectProvider<SecurityFilterChain> chains = beans.getBeanProvider(SecurityFilterChain.class);
        return chains.orderedStream()
                .filter(chain -> chain.getFilters().stream().noneMatch(CheckedFilter.class::isInstance))
                .filter(HostLogin::signsIn)
                .flatMap(chain -> chain.getFilters().stream())
                .filter(ExceptionTranslationFilter.class::isInstance)
                .map(filter -> ((ExceptionTranslationFilter) filter).getAuthenticationEntryPoint())
                .filter(HostLogin::showsAPage)
                .reduce((first, second) -> second);
    }

    private static boolean signsIn(SecurityFilterChain chain) {
        return chain.getFilters().stream().anyMatch(AbstractAuthenticationProcessingFilter.class::isInstance);
    }

    private static boolean showsAPage(AuthenticationEntryPoint entryPoint) {
        return entryPoint instanceof LoginUrlAuthenticationEntryPoint
                || entryPoint instanceof DelegatingAuthenticationEntryPoint;
    }
}
