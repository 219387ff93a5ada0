/** The page in a real browser, against an API of made-up runs and against the real one. */
@NullMarked
package org.mlxspring.autoconfigure.page;

import org.jspecify.annotations.NullMarked;
