package org.mlxspring.autoconfigure.check;

import java.util.List;

/**
 * What looking at some rows gave.
 *
 * @param rows each row, in their order
 * @param scripts the letters of all of them
 */
record Examined(List<ExaminedRow> rows, ScriptCount scripts) {}
