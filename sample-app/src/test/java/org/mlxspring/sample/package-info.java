/** Tests of the whole application. */
@NullMarked
package org.mlxspring.sample;

import org.jspecify.annotations.NullMarked;
