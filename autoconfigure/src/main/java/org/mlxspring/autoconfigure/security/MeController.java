package org.mlxspring.autoconfigure.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page whom it serves, so that it shows only what this user may do. */
@RestController
class MeController {
    private final HostAuthorities authorities;

    MeController(HostAuthorities authorities) {
        this.authorities = authorities;
    }

    @GetMapping(path = "/mlx/api/me", produces = MediaType.APPLICATION_JSON_VALUE)
    Me me(Authentication authentication, @RequestAttribute("_csrf") CsrfToken csrfToken, HttpServletRequest request) {
        Me.Csrf csrf =
                Caller.signsEachRequest(request) ? null : new Me.Csrf(csrfToken.getHeaderName(), csrfToken.getToken());
        return new Me(
                authentication.getName(), authorities.roles(authentication), authorities.rights(authentication), csrf);
    }
}
