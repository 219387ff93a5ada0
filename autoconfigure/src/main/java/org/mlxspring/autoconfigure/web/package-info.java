/** What the REST controllers share: pages, problems and their JSON; used by the controllers of every concern. */
@NullMarked
package org.mlxspring.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
