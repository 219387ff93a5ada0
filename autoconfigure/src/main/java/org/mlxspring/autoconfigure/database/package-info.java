/** Our share of the host's database: schema, entity manager, repositories, transactions; used by every concern that stores. */
@NullMarked
package org.mlxspring.autoconfigure.database;

import org.jspecify.annotations.NullMarked;
