/**
 * Who may do what under {@code /mlx/**}: one filter chain of its own beside the host's, the login page for hosts that have
 * none, and {@code /mlx/api/me}; wired by {@link org.mlxspring.autoconfigure.MlxSecurityAutoConfiguration}.
 */
@NullMarked
package org.mlxspring.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
