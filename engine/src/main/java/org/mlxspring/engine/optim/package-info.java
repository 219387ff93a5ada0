/** Optimizers, gradient clipping and learning-rate schedules, as MLX defines them; training calls them once per update. */
@NullMarked
package org.mlxspring.engine.optim;

import org.jspecify.annotations.NullMarked;
