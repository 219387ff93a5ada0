package org.mlxspring.engine.data;

import java.util.List;
import java.util.Map;

/**
 * A prompt and its answer; the chat template makes a user and an assistant message of them.
 *
 * @param prompt what is asked
 * @param completion what is to be answered
 * @param tools JSON schemas of the tools that the assistant may call; empty when there are none
 */
public record CompletionRow(String prompt, String completion, List<Map<String, Object>> tools) implements Row {}
