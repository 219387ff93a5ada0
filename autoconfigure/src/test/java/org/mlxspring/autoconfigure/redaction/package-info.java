@NullMarked
package org.mlxspring.autoconfigure.redaction;

import org.jspecify.annotations.NullMarked;
