package org.mlxspring.autoconfigure.check;

/**
 * How much of a version's text is written in one script.
 *
 * @param script name of the script in Unicode, such as {@code LATIN}, {@code CYRILLIC} or {@code HAN}
 * @param letters letters of that script
 * @param share their share of all letters, from 0 to 1
 */
public record ScriptShare(String script, long letters, double share) {}
