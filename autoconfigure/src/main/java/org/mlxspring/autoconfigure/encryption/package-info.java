/** Keys and sealing: what of a row is stored is sealed with keys of its dataset; used by every concern that keeps rows. */
@NullMarked
package org.mlxspring.autoconfigure.encryption;

import org.jspecify.annotations.NullMarked;
