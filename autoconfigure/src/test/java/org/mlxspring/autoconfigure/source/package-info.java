/** Rows from every source, in formats of every kind, interrupted at any place. */
@NullMarked
package org.mlxspring.autoconfigure.source;

import org.jspecify.annotations.NullMarked;
