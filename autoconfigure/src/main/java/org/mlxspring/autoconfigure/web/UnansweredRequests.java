package org.mlxspring.autoconfigure.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.PathContainer;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what no controller of ours takes, such as an unknown path or method under {@code /mlx/api}, as a problem
 * document. Left to the host's error page, it would meet the host's own rules first, and read as 401 to whoever signed
 * in by HTTP Basic.
 */
final class UnansweredRequests implements HandlerExceptionResolver, Ordered {

    private static final PathPattern API = new PathPatternParser().parse("/mlx/api/**");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (handler instanceof HandlerMethod || !(e instanceof ErrorResponse error) || !isOurs(request)) {
            return null;
        }
        ProblemDetail problem = error.getBody();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", problem.getTitle());
        body.put("status", problem.getStatus());
        body.put("detail", problem.getDetail());
        body.put("instance", request.getRequestURI());
        response.setStatus(problem.getStatus());
        error.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            response.getOutputStream().write(JSON.writeValueAsBytes(body));
        } catch (IOException gone) {
            throw new UncheckedIOException("The answer could not be sent.", gone);
        }
        return new ModelAndView();
    }

    private static boolean isOurs(HttpServletRequest request) {
        PathContainer path =
                ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        return API.matches(path);
    }
}
