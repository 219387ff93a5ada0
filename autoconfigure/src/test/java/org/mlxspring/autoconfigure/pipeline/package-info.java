/** Tests of the jobs and the gate. */
@NullMarked
package org.mlxspring.autoconfigure.pipeline;

import org.jspecify.annotations.NullMarked;
