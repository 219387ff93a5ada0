/** Writes the description of the API from the controllers, and notices when the two differ. */
@NullMarked
package org.mlxspring.autoconfigure.openapi;

import org.jspecify.annotations.NullMarked;
