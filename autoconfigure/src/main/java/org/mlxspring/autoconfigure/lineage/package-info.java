/**
 * Where an adapter comes from and where a row went: from runs and model versions back to rows, imports and base model, and
 * from a row forward to all that was made of it. Reads the tables of the other concerns and writes none; used by the
 * erasure, the page and host applications.
 */
@NullMarked
package org.mlxspring.autoconfigure.lineage;

import org.jspecify.annotations.NullMarked;
