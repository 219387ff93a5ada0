package org.mlxspring.autoconfigure.security;

/** What a request needs of its user: a role, or a right of its own. */
sealed interface Permission permits Role, Right {}
