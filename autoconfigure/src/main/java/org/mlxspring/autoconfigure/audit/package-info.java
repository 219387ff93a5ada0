/** The log of who did what with rows: written by every concern that shows, adds or removes them, read by an admin. */
@NullMarked
package org.mlxspring.autoconfigure.audit;

import org.jspecify.annotations.NullMarked;
