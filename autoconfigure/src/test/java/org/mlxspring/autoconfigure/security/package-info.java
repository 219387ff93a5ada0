/** Host applications of each kind, started on a port of their own and asked over HTTP. */
@NullMarked
package org.mlxspring.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
