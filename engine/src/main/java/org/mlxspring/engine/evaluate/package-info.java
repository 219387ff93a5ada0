/** Judging models: loss, perplexity and exact match of a base model and its adapters, side by side. */
@NullMarked
package org.mlxspring.engine.evaluate;

import org.jspecify.annotations.NullMarked;
