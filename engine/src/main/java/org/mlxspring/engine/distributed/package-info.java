/** Several processes that train as one: which ones, what they add up, and who notices when one is gone. */
@NullMarked
package org.mlxspring.engine.distributed;

import org.jspecify.annotations.NullMarked;
