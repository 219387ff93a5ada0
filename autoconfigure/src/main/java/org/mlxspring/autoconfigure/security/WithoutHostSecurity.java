package org.mlxspring.autoconfigure.security;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.servlet.filter.OrderedFilter;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;

/**
 * Spring Security for a host that has none. Its filter is mapped to {@code /mlx} alone: mapped to every path, as Boot
 * maps it, its firewall would refuse requests that the host answers today.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = WithoutHostSecurity.FILTER)
@EnableWebSecurity
class WithoutHostSecurity {
    static final String FILTER = "springSecurityFilterChain";

    /** Where Boot puts the filter: after the filters that wrap the request, before the host's own. */
    private static final int BOOT_ORDER = OrderedFilter.REQUEST_WRAPPER_FILTER_MAX_ORDER - 100;

    @Bean
    DelegatingFilterProxyRegistrationBean mlxSecurityFilterRegistration(MlxPaths paths) {
        DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(FILTER);
        registration.addUrlPatterns(paths.url("/mlx"), paths.url("/mlx/*"));
        registration.setOrder(BOOT_ORDER);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }
}
