/**
 * The description of {@code /mlx/api} as an OpenAPI document. A test writes it from the controllers, so that no host
 * gets a library that would describe its own controllers too; wired by
 * {@link org.mlxspring.autoconfigure.MlxPageAutoConfiguration}.
 */
@NullMarked
package org.mlxspring.autoconfigure.openapi;

import org.jspecify.annotations.NullMarked;
