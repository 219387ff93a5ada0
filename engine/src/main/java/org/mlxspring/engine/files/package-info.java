/** Files that are complete on the disk before they have their name, and files that nobody reads without their key. */
@NullMarked
package org.mlxspring.engine.files;

import org.jspecify.annotations.NullMarked;
