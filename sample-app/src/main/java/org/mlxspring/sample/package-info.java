/** The application of a service desk, as a company would write it: its start, its settings and its users. */
@NullMarked
package org.mlxspring.sample;

import org.jspecify.annotations.NullMarked;
