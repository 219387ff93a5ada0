/**
 * Rows of a dataset to batches of token ids: formats and checks, tokenization, the token store on disk, batches in the
 * order of mlx-lm; called by train, evaluate, worker and the command line.
 */
@NullMarked
package org.mlxspring.engine.data;

import org.jspecify.annotations.NullMarked;
