/** Files that are on the disk, complete, before they have their name; every room that writes one uses it. */
@NullMarked
package org.mlxspring.engine.files;

import org.jspecify.annotations.NullMarked;
