/** Generation of text: key-value caches, samplers, draft models, one prompt at a time or many. */
@NullMarked
package org.mlxspring.engine.generate;

import org.jspecify.annotations.NullMarked;
