/** Health and metrics of a host with Actuator. */
@NullMarked
package org.mlxspring.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
