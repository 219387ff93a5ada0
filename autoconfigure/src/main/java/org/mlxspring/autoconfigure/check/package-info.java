/** Checks of a dataset version before anything is trained on it: the report, its findings, and the gate that they are. */
@NullMarked
package org.mlxspring.autoconfigure.check;

import org.jspecify.annotations.NullMarked;
