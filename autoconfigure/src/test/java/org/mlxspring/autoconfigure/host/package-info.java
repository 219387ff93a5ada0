/** Host applications as companies write them, started with the starter added; called by the tests of all concerns. */
@NullMarked
package org.mlxspring.autoconfigure.host;

import org.jspecify.annotations.NullMarked;
