/** The Batch jobs that carry a run through prepare, train, evaluate and fuse; started by the queue of runs. */
@NullMarked
package org.mlxspring.autoconfigure.pipeline;

import org.jspecify.annotations.NullMarked;
