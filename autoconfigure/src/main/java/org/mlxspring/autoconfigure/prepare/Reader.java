package org.mlxspring.autoconfigure.prepare;

/**
 * On whose behalf rows are read.
 *
 * @param actor name of the user, or of the schedule
 * @param run the run that reads them
 */
public record Reader(String actor, String run) {}
