package org.mlxspring.engine.data;

import java.util.List;
import java.util.Map;

/**
 * A conversation.
 *
 * @param messages at least one, each with {@code role} and usually {@code content}, as the chat template reads them
 * @param tools JSON schemas of the tools that the assistant may call; empty when there are none
 */
public record ChatRow(List<Map<String, Object>> messages, List<Map<String, Object>> tools) implements Row {}
