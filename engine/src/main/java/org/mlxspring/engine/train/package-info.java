/** Training runs: their settings, the loop, checkpoints, and the events they report. */
@NullMarked
package org.mlxspring.engine.train;

import org.jspecify.annotations.NullMarked;
