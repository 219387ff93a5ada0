@NullMarked
package org.mlxspring.autoconfigure.prepare;

import org.jspecify.annotations.NullMarked;
