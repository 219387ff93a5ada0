package org.mlxspring.autoconfigure.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a request that reached a controller of ours without passing our filter chain. A host can move controllers to
 * other paths ({@code addPathPrefix}) or match paths without regard to case; both lead around a chain for
 * {@code /mlx/**}, and must not open it.
 */
final class UncheckedRequests implements HandlerInterceptor, WebMvcConfigurer {
    private static final String OURS = "org.mlxspring.autoconfigure.";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!isOurs(request, handler) || CheckedFilter.passed(request)) {
            return true;
        }
        new Problem(
                        HttpStatus.FORBIDDEN,
                        "No rights are checked at this path, so nothing is answered here. MLX answers under /mlx, in"
                                + " lower case; a path prefix that the application gives to controllers must leave"
                                + " those of org.mlxspring out.")
                .write(request, response);
        return false;
    }

    private static boolean isOurs(HttpServletRequest request, Object handler) {
        return handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)
                && String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                        .contains("/mlx");
    }
}
