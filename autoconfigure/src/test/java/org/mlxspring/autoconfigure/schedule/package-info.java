/** Tests of what starts by the clock. */
@NullMarked
package org.mlxspring.autoconfigure.schedule;

import org.jspecify.annotations.NullMarked;
