/** Optimizers and learning-rate schedules, as MLX defines them. */
@NullMarked
package org.mlxspring.engine.optim;

import org.jspecify.annotations.NullMarked;
