package org.mlxspring.autoconfigure.source;

/**
 * Where a row stands in what an import reads. Names of uploaded files are not in it, since they may name people.
 *
 * @param part which part: {@code train.jsonl}, or {@code file 3} of a zip or a folder; empty where there is only one
 * @param number line of a file, row of a query, or piece of a document, from 1
 */
record Place(String part, long number) {}
