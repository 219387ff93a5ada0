/** How rows get in: uploads, folders, tables and the application's own sources; called by REST, schedules and host applications. */
@NullMarked
package org.mlxspring.autoconfigure.source;

import org.jspecify.annotations.NullMarked;
