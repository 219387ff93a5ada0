/** Tests of the checks of dataset versions. */
@NullMarked
package org.mlxspring.autoconfigure.check;

import org.jspecify.annotations.NullMarked;
