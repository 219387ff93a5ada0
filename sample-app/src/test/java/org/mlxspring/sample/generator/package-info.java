/** Writes the tickets of the sample application and the general tickets its base model is trained on. Run by hand. */
@NullMarked
package org.mlxspring.sample.generator;

import org.jspecify.annotations.NullMarked;
