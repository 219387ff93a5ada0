/** Datasets and their immutable versions, split and checked row by row; used by runs, schedules and host applications. */
@NullMarked
package org.mlxspring.autoconfigure.dataset;

import org.jspecify.annotations.NullMarked;
