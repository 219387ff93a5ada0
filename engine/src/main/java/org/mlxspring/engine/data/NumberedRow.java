package org.mlxspring.engine.data;

import java.nio.file.Path;

/**
 * A row and where it stands.
 *
 * @param file the file it was read from
 * @param line its line, counted from 1
 * @param keyCount number of keys of its JSON object; mlx-lm orders the rows of a file by it
 * @param row the row
 */
public record NumberedRow(Path file, long line, int keyCount, Row row) {}
