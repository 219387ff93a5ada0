@NullMarked
package org.mlxspring.autoconfigure.batch;

import org.jspecify.annotations.NullMarked;
