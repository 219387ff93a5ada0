/** Compares the engine with what mlx-lm computed; called by the parity tests and by the table of src/test/parity. */
@NullMarked
package org.mlxspring.engine.parity;

import org.jspecify.annotations.NullMarked;
