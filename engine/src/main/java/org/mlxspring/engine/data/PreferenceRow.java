package org.mlxspring.engine.data;

import java.util.List;
import java.util.Map;

/**
 * A conversation with a better and a worse way to go on, for DPO and ORPO.
 *
 * @param prompt messages before the answer; at least one
 * @param chosen the better answer: messages, the first of them the assistant's
 * @param rejected the worse answer: messages, the first of them the assistant's
 * @param tools JSON schemas of the tools that the assistant may call; empty when there are none
 */
public record PreferenceRow(
        List<Map<String, Object>> prompt,
        List<Map<String, Object>> chosen,
        List<Map<String, Object>> rejected,
        List<Map<String, Object>> tools)
        implements Row {}
