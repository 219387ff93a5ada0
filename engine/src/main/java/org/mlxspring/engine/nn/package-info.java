/** Building blocks of language models: parameters, linear and embedding layers, norms, rotary embedding, attention. */
@NullMarked
package org.mlxspring.engine.nn;

import org.jspecify.annotations.NullMarked;
