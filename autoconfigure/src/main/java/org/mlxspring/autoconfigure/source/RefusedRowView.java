package org.mlxspring.autoconfigure.source;

/**
 * A row that an import refused; its text is not in it.
 *
 * @param id its id among the refused rows
 * @param part which part of what was read: a file such as {@code train.jsonl}, or {@code file 3} of a zip or a folder;
 *     empty where there is only one
 * @param line line of a file, row of a query, or piece of a document, from 1
 * @param reason what is wrong and what would be right
 */
public record RefusedRowView(long id, String part, long line, String reason) {}
