/** Spring Batch on tables of our own, for every concern that has jobs. */
@NullMarked
package org.mlxspring.autoconfigure.batch;

import org.jspecify.annotations.NullMarked;
