/** A host application that has everything of its own: entities, migrations, a Batch job, executors, JSON, errors. */
@NullMarked
package org.mlxspring.hosts.busy;

import org.jspecify.annotations.NullMarked;
