/** The engine as a process of its own: the tasks it takes, the messages it sends, and how it is launched. */
@NullMarked
package org.mlxspring.engine.worker;

import org.jspecify.annotations.NullMarked;
