package org.mlxspring.autoconfigure.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The login page, for hosts that have none of their own; the filter chain answers its form. */
@RestController
class LoginPageController {
    private final MlxPaths paths;
    private final SignInFirst signIn;
    private final HtmlFile html = HtmlFile.read("login.html");

    LoginPageController(MlxPaths paths, SignInFirst signIn) {
        this.paths = paths;
        this.signIn = signIn;
    }

    @GetMapping(path = MlxPaths.LOGIN, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> login(
            HttpServletRequest request,
            @RequestAttribute("_csrf") CsrfToken csrfToken,
            @RequestParam(name = "error", required = false) @Nullable String error,
            @RequestParam(name = "signed-out", required = false) @Nullable String signedOut,
            @RequestParam(name = "expired", required = false) @Nullable String expired) {
        String base = request.getContextPath() + paths.prefix();
        if (!signIn.isOurs()) {
            return ResponseEntity.status(HttpStatus.FOUND)
                    .location(URI.create(base + MlxPaths.PAGE))
                    .build();
        }
        String message = "";
        if (error != null) {
            message = "The user name or the password is wrong.";
        } else if (expired != null) {
            message = "That page was too old to be used. Please sign in again.";
        } else if (signedOut != null) {
            message = "You are signed out.";
        }
        return ResponseEntity.ok(html.with("base", base)
                .with("message", message)
                .with("tone", error == null ? "calm" : "")
                .with("csrfParameter", csrfToken.getParameterName())
                .with("csrfToken", csrfToken.getToken())
                .text());
    }
}
