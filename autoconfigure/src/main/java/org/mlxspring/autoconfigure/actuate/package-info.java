/**
 * Health and metrics for a host that has Actuator; wired by
 * {@link org.mlxspring.autoconfigure.MlxActuatorAutoConfiguration}.
 */
@NullMarked
package org.mlxspring.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
