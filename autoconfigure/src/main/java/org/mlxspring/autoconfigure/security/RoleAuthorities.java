package org.mlxspring.autoconfigure.security;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Reads roles off the host's authorities. ADMIN implies TRAINER implies VIEWER here and nowhere else: a
 * {@code RoleHierarchy} bean would change the host's own rules.
 */
final class RoleAuthorities {
    private final SecurityProperties properties;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    RoleAuthorities(SecurityProperties properties) {
        this.properties = properties;
    }

    /** The roles of a signed-in user, empty for an anonymous one whatever its authorities. */
    Set<Role> of(Authentication authentication) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        if (!authentication.isAuthenticated() || trust.isAnonymous(authentication)) {
            return roles;
        }
        Set<String> held = authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        for (Role role : Role.values()) {
            if (accepted(role).anyMatch(held::contains)) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** The authorities that give {@code role}, directly or through a higher one, in the order of the properties. */
    Stream<String> accepted(Role role) {
        return Stream.of(Role.values())
                .filter(one -> one.compareTo(role) >= 0)
                .map(this::named)
                .flatMap(Collection::stream);
    }

    /** A rule for the filter chain that asks for {@code role}. */
    AuthorizationManager<RequestAuthorizationContext> atLeast(Role role) {
        return (authentication, context) ->
                new AuthorizationDecision(of(authentication.get()).contains(role));
    }

    private List<String> named(Role role) {
        return switch (role) {
            case VIEWER -> properties.viewerAuthorities();
            case TRAINER -> properties.trainerAuthorities();
            case ADMIN -> properties.adminAuthorities();
        };
    }
}
