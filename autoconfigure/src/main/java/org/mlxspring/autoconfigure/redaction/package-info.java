/** Finds personal data and secrets in texts and puts placeholders in their place; used before rows are stored. */
@NullMarked
package org.mlxspring.autoconfigure.redaction;

import org.jspecify.annotations.NullMarked;
