/** The desk's tickets, their table and their page; knows nothing of models. */
@NullMarked
package org.mlxspring.sample.ticket;

import org.jspecify.annotations.NullMarked;
