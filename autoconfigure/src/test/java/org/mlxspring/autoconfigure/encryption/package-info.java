@NullMarked
package org.mlxspring.autoconfigure.encryption;

import org.jspecify.annotations.NullMarked;
