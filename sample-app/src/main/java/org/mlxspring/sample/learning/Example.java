package org.mlxspring.sample.learning;

import java.util.Map;

/**
 * One held-out ticket and what was answered.
 *
 * @param ticket subject and text
 * @param expected the desk's answer
 * @param answers the answers by {@code base}, {@code champion} and {@code candidate}
 */
record Example(String ticket, String expected, Map<String, String> answers) {}
