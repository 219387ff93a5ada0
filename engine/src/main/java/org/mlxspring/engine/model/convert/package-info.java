/** Conversion of model folders: packing, unpacking and other types of weights; the command line calls it. */
@NullMarked
package org.mlxspring.engine.model.convert;

import org.jspecify.annotations.NullMarked;
