@NullMarked
package org.mlxspring.autoconfigure.erasure;

import org.jspecify.annotations.NullMarked;
