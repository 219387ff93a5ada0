/**
 * How long rows, versions, files and logs are kept, and the nightly clean-up that removes what was kept long enough and
 * says what it removed.
 */
@NullMarked
package org.mlxspring.autoconfigure.retention;

import org.jspecify.annotations.NullMarked;
