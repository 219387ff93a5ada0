package org.mlxspring.autoconfigure.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** Tells a browser from a program by the headers that only a browser sends and no script can leave out. */
final class Caller {
    private Caller() {}

    /** True for anything a browser sends: a navigation, a form, a fetch or an event stream. */
    static boolean isBrowser(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getHeader("Sec-Fetch-Site") != null
                || request.getHeader(HttpHeaders.ORIGIN) != null
                || request.getHeader("X-Requested-With") != null
                || accept != null && accept.contains("text/html");
    }

    /**
     * True where a forged request from another site is not possible: a program that signs each request itself by HTTP
     * Basic and brings no session. A browser never counts, since it adds a remembered password by itself.
     */
    static boolean signsEachRequest(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null
                && authorization.regionMatches(true, 0, "Basic ", 0, 6)
                && request.getRequestedSessionId() == null
                && !isBrowser(request);
    }
}
