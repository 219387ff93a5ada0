/**
 * Erases rows, by id or by the subject they are about: from the database, the token stores and the files of runs, and, if
 * so configured, withdraws and retrains what learned from them. Called by the page, the retention and host applications.
 */
@NullMarked
package org.mlxspring.autoconfigure.erasure;

import org.jspecify.annotations.NullMarked;
