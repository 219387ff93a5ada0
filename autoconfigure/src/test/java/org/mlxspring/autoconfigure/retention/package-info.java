@NullMarked
package org.mlxspring.autoconfigure.retention;

import org.jspecify.annotations.NullMarked;
