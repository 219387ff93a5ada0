package org.mlxspring.autoconfigure.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, and what they may do.
 *
 * @param name the user's name in the application
 * @param roles what the user may do; a higher role lists the lower ones too
 * @param rights what the user may do besides, with the text of rows
 * @param csrf what a browser sends with every change; null for a program that signs each request by HTTP Basic, which
 *     needs none
 */
public record Me(
        String name,
        Set<Role> roles,
        Set<Right> rights,
        @Nullable Csrf csrf) {

    /**
     * The token against forged requests from other sites.
     *
     * @param headerName the request header to send it in
     * @param token its value, good for this session
     */
    public record Csrf(String headerName, String token) {}
}
