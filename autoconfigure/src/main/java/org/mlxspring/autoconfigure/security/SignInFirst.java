package org.mlxspring.autoconfigure.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Answers whoever is not signed in: the API with 401, the page with the way to a login page. Only a program is offered
 * HTTP Basic; a browser would open its own password window over the page.
 */
final class SignInFirst implements AuthenticationEntryPoint {
    private static final String AUTO = "auto";

    private final MlxPaths paths;
    private final RequestMatcher api;
    private final String loginPage;
    private final HostLogin hostLogin;
    private final RedirectStrategy redirect = new DefaultRedirectStrategy();

    SignInFirst(MlxPaths paths, SecurityProperties properties, HostLogin hostLogin) {
        this.paths = paths;
        this.api = paths.matcher(MlxPaths.API);
        this.loginPage = properties.loginPage();
        this.hostLogin = hostLogin;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        boolean browser = Caller.isBrowser(request);
        boolean wrongPassword = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        if (!browser) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"mlx\", charset=\"UTF-8\"");
        }
        if (api.matches(request) || wrongPassword) {
            String detail = wrongPassword
                    ? "The user name or the password is wrong."
                    : "Sign in first: with a session of this application, or with HTTP Basic.";
            new Problem(HttpStatus.UNAUTHORIZED, detail).write(request, response);
        } else {
            toLogin(request, response, failure);
        }
    }

    /** True where {@code /mlx/login} is the page to sign in at. */
    boolean isOurs() {
        return loginPage.equals(MlxPaths.LOGIN)
                || loginPage.equals(AUTO) && hostLogin.entryPoint().isEmpty();
    }

    private void toLogin(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (isOurs()) {
            redirect.sendRedirect(request, response, paths.url(MlxPaths.LOGIN));
        } else if (loginPage.equals(AUTO)) {
            hostLogin.entryPoint().orElseThrow().commence(request, response, failure);
        } else {
            redirect.sendRedirect(request, response, loginPage);
        }
    }
}
