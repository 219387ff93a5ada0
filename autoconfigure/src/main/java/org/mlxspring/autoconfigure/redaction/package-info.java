/**
 * Personal data and secrets in a text: found, and replaced by placeholders. Imports use it before a row is stored, and
 * the checks of a version count what it finds.
 */
@NullMarked
package org.mlxspring.autoconfigure.redaction;

import org.jspecify.annotations.NullMarked;
