package org.mlxspring.autoconfigure.security;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/** Stands in where the host has no users: nobody gets in, rather than the start failing or a password being made up. */
final class Nobody implements AuthenticationManager {
    @Override
    public Authentication authenticate(Authentication authentication) {
        throw new BadCredentialsException("This application has no users");
    }
}
