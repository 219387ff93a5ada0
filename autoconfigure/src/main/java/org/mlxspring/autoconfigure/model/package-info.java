/** Base models, their fused versions and the champion among them; used by runs and host applications. */
@NullMarked
package org.mlxspring.autoconfigure.model;

import org.jspecify.annotations.NullMarked;
