/** Runs, their states, metrics and events; used by the pipeline, schedules and host applications. */
@NullMarked
package org.mlxspring.autoconfigure.run;

import org.jspecify.annotations.NullMarked;
