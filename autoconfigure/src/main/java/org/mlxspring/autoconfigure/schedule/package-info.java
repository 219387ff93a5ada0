/** Nightly runs by cron expression; called by the scheduler, the page and host applications. */
@NullMarked
package org.mlxspring.autoconfigure.schedule;

import org.jspecify.annotations.NullMarked;
