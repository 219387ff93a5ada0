/** Language models: configurations, weights, one file per family, and the registry that finds the family. */
@NullMarked
package org.mlxspring.engine.model;

import org.jspecify.annotations.NullMarked;
