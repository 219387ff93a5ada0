@NullMarked
package org.mlxspring.autoconfigure.dataset;

import org.jspecify.annotations.NullMarked;
