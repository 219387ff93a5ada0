/** What the services throw when a request cannot be met; the REST controllers answer it as a problem document. */
@NullMarked
package org.mlxspring.autoconfigure.problem;

import org.jspecify.annotations.NullMarked;
