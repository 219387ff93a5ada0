package org.mlxspring.autoconfigure.security;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The paths of {@code /mlx} as the filter chain sees them: behind {@code prefix}, the path of the dispatcher servlet
 * ({@code spring.mvc.servlet.path}), which is empty in most applications.
 */
record MlxPaths(String prefix) {
    static final String ALL = "/mlx/**";
    static final String PAGE = "/mlx";
    static final String API = "/mlx/api/**";
    static final String LOGIN = "/mlx/login";
    static final String LOGOUT = "/mlx/logout";
    static final String STYLE = "/mlx/page/style.css";

    RequestMatcher matcher(String path) {
        return builder().matcher(path);
    }

    RequestMatcher matcher(HttpMethod method, String path) {
        return builder().matcher(method, path);
    }

    /** The path with the prefix, to redirect to; the context path is added by the redirect itself. */
    String url(String path) {
        return prefix + path;
    }

    private PathPatternRequestMatcher.Builder builder() {
        PathPatternRequestMatcher.Builder builder = PathPatternRequestMatcher.withDefaults();
        return prefix.isEmpty() ? builder : builder.basePath(prefix);
    }
}
