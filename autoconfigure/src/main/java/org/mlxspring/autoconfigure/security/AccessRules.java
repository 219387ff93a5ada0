package org.mlxspring.autoconfigure.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What a request under {@code /mlx} needs, by method and path: the first line that fits counts. The filter chain asks
 * it for the decision, and the refusal for what was missing.
 */
final class AccessRules {
    private final MlxPaths paths;
    private final HostAuthorities authorities;
    private final List<Rule> rules;

    private record Rule(RequestMatcher requests, Permission needed) {}

    AccessRules(MlxPaths paths, HostAuthorities authorities) {
        this.paths = paths;
        this.authorities = authorities;
        rules = List.of(
                reading("/mlx/api/datasets/*/rows/*/lineage", Role.VIEWER),
                reading("/mlx/api/datasets/*/rows/**", Right.READ_ROWS),
                reading("/mlx/api/runs/*/answers", Right.READ_ROWS),
                reading("/mlx/api/audit/**", Role.ADMIN),
                posting("/mlx/api/erasures/**", Right.ERASE_ROWS),
                posting("/mlx/api/datasets/*/versions/*/release", Role.ADMIN),
                posting("/mlx/api/clean-ups/**", Role.ADMIN),
                posting("/mlx/api/keys/**", Role.ADMIN),
                posting("/mlx/api/datasets/*/keys/**", Role.ADMIN),
                new Rule(paths.matcher(HttpMethod.PUT, "/mlx/api/datasets/*/retention"), Role.ADMIN),
                reading(MlxPaths.ALL, Role.VIEWER),
                new Rule(AnyRequestMatcher.INSTANCE, Role.TRAINER));
    }

    /** What this request needs. */
    Permission needed(HttpServletRequest request) {
        return rules.stream()
                .filter(rule -> rule.requests().matches(request))
                .findFirst()
                .orElseThrow()
                .needed();
    }

    /** The decision for the filter chain. */
    AuthorizationManager<RequestAuthorizationContext> decision() {
        return (user, context) -> new AuthorizationDecision(authorities.has(user.get(), needed(context.getRequest())));
    }

    private Rule reading(String path, Permission needed) {
        return new Rule(
                new OrRequestMatcher(paths.matcher(HttpMethod.GET, path), paths.matcher(HttpMethod.HEAD, path)),
                needed);
    }

    private Rule posting(String path, Permission needed) {
        return new Rule(paths.matcher(HttpMethod.POST, path), needed);
    }
}
