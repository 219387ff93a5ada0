/** Rows as a model will see them: template rendered, tokens counted, trained part marked; called by the preview of uploads. */
@NullMarked
package org.mlxspring.autoconfigure.preview;

import org.jspecify.annotations.NullMarked;
