package org.mlxspring.autoconfigure.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Answers a signed-in user whose rights do not reach, saying which authority would: as JSON, or as a page at {@code /mlx}. */
final class NotAllowed implements AccessDeniedHandler {
    private final MlxPaths paths;
    private final RequestMatcher page;
    private final RequestMatcher door;
    private final SignInFirst signInFirst;
    private final HostAuthorities authorities;
    private final AccessRules access;
    private final RedirectStrategy redirect = new DefaultRedirectStrategy();
    private final HtmlFile html = HtmlFile.read("denied.html");

    NotAllowed(MlxPaths paths, HostAuthorities authorities, AccessRules access, SignInFirst signInFirst) {
        this.paths = paths;
        this.page = paths.matcher(HttpMethod.GET, MlxPaths.PAGE);
        this.door = new OrRequestMatcher(
                paths.matcher(HttpMethod.POST, MlxPaths.LOGIN), paths.matcher(HttpMethod.POST, MlxPaths.LOGOUT));
        this.authorities = authorities;
        this.access = access;
        this.signInFirst = signInFirst;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        if (denied instanceof CsrfException && door.matches(request)) {
            redirect.sendRedirect(request, response, paths.url(MlxPaths.LOGIN) + "?expired");
        } else if (denied instanceof CsrfException && isUnknown(request)) {
            signInFirst.commence(request, response, new InsufficientAuthenticationException("Not signed in", denied));
        } else if (page.matches(request) && Caller.isBrowser(request)) {
            writePage(request, response);
        } else {
            new Problem(HttpStatus.FORBIDDEN, detail(request, denied)).write(request, response);
        }
    }

    /** The check for forged requests comes before the passwords are looked at, and finds only sessions. */
    private static boolean isUnknown(HttpServletRequest request) {
        return SecurityContextHolder.getContext().getAuthentication() == null
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    private String detail(HttpServletRequest request, AccessDeniedException denied) {
        if (denied instanceof CsrfException) {
            return "The CSRF token is missing or out of date. GET /mlx/api/me answers the header's name and the token to"
                    + " send with every change.";
        }
        Permission needed = access.needed(request);
        String kind =
                switch (needed) {
                    case Role role -> "role";
                    case Right right -> "right";
                };
        return "%s is signed in, but needs the %s %s here: one of the authorities %s (%s)."
                .formatted(name(request), kind, needed, authorities(needed), HostAuthorities.property(needed));
    }

    private void writePage(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object csrf = request.getAttribute(CsrfToken.class.getName());
        String body = html.with("base", request.getContextPath() + paths.prefix())
                .with("name", name(request))
                .with("authorities", authorities(Role.VIEWER))
                .with("csrfParameter", csrf instanceof CsrfToken token ? token.getParameterName() : "")
                .with("csrfToken", csrf instanceof CsrfToken token ? token.getToken() : "")
                .text();
        response.setStatus(HttpStatus.FORBIDDEN.value());
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(HttpServletRequest request) {
        return request.getUserPrincipal() == null
                ? "Nobody"
                : request.getUserPrincipal().getName();
    }

    private String authorities(Permission needed) {
        return authorities.accepted(needed).collect(Collectors.joining(", "));
    }
}
