package org.mlxspring.autoconfigure.source;

/**
 * The text of a row that an import refused.
 *
 * @param id its id among the refused rows
 * @param part which part of what was read; empty where there is only one
 * @param line line, row or piece, from 1
 * @param reason what is wrong and what would be right
 * @param text the row as it came, at most its first 100,000 bytes
 */
public record RefusedRowText(long id, String part, long line, String reason, String text) {}
