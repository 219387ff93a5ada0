/** The command line, one class per command; people and scripts call it through {@code bin/mlx}. */
@NullMarked
package org.mlxspring.engine.cli;

import org.jspecify.annotations.NullMarked;
