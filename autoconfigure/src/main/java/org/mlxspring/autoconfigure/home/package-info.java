/** The folder of everything that is not in the database; used by every concern that keeps files. */
@NullMarked
package org.mlxspring.autoconfigure.home;

import org.jspecify.annotations.NullMarked;
