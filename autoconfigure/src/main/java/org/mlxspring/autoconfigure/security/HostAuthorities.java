package org.mlxspring.autoconfigure.security;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Reads roles and rights off the host's authorities. ADMIN implies TRAINER implies VIEWER here and nowhere else: a
 * {@code RoleHierarchy} bean would change the host's own rules.
 */
final class HostAuthorities {
    private final SecurityProperties properties;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    HostAuthorities(SecurityProperties properties) {
        this.properties = properties;
    }

    /** The roles of a signed-in user, empty for an anonymous one whatever its authorities. */
    Set<Role> roles(Authentication user) {
        EnumSet<Role> roles = EnumSet.allOf(Role.class);
        roles.removeIf(role -> !has(user, role));
        return roles;
    }

    /** The rights of a signed-in user, empty for an anonymous one whatever its authorities. */
    Set<Right> rights(Authentication user) {
        EnumSet<Right> rights = EnumSet.allOf(Right.class);
        rights.removeIf(right -> !has(user, right));
        return rights;
    }

    boolean has(Authentication user, Permission permission) {
        if (!user.isAuthenticated() || trust.isAnonymous(user)) {
            return false;
        }
        Set<String> held = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return accepted(permission).anyMatch(held::contains);
    }

    /** The authorities that give a role or right, directly or through another one, in the order of the properties. */
    Stream<String> accepted(Permission permission) {
        Stream<List<String>> lists =
                switch (permission) {
                    case Role.VIEWER ->
                        Stream.of(
                                properties.viewerAuthorities(),
                                properties.trainerAuthorities(),
                                properties.adminAuthorities(),
                                properties.rowReaderAuthorities(),
                                properties.eraserAuthorities());
                    case Role.TRAINER -> Stream.of(properties.trainerAuthorities(), properties.adminAuthorities());
                    case Role.ADMIN -> Stream.of(properties.adminAuthorities());
                    case Right.READ_ROWS -> Stream.of(properties.rowReaderAuthorities());
                    case Right.ERASE_ROWS -> Stream.of(properties.eraserAuthorities(), properties.adminAuthorities());
                };
        return lists.flatMap(Collection::stream);
    }

    /** The property that names authorities for a role or right. */
    static String property(Permission permission) {
        return "mlx.security."
                + switch (permission) {
                    case Role.VIEWER -> "viewer-authorities";
                    case Role.TRAINER -> "trainer-authorities";
                    case Role.ADMIN -> "admin-authorities";
                    case Right.READ_ROWS -> "row-reader-authorities";
                    case Right.ERASE_ROWS -> "eraser-authorities";
                };
    }
}
