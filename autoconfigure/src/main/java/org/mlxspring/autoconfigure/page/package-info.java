/**
 * The page at {@code /mlx}: static files that talk to {@code /mlx/api}; wired by
 * {@link org.mlxspring.autoconfigure.MlxPageAutoConfiguration}.
 */
@NullMarked
package org.mlxspring.autoconfigure.page;

import org.jspecify.annotations.NullMarked;
