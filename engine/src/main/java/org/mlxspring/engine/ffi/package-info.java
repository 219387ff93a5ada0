/** The binding table over mlx-c: finding its libraries, calling its functions, its errors. Called by {@code array} only. */
@NullMarked
package org.mlxspring.engine.ffi;

import org.jspecify.annotations.NullMarked;
