/** What the desk does with the starter: imports its tickets, starts the first run, and tells how runs go. */
@NullMarked
package org.mlxspring.sample.learning;

import org.jspecify.annotations.NullMarked;
