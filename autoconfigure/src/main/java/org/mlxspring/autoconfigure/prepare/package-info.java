/** Token stores of dataset versions: made once by a Batch job, shared by runs, sealed, and rewritten when rows are erased. */
@NullMarked
package org.mlxspring.autoconfigure.prepare;

import org.jspecify.annotations.NullMarked;
