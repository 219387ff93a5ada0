package org.mlxspring.engine.data;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A conversation.
 *
 * @param messages at least one, each with {@code role} and usually {@code content}, as the chat template reads them
 * @param tools JSON schemas of the tools that the assistant may call; empty when there are none
 * @param unlearned places in {@code messages} of the assistant's messages with the {@code weight} 0, which are read but
 *     not learned
 */
public record ChatRow(List<Map<String, Object>> messages, List<Map<String, Object>> tools, Set<Integer> unlearned)
        implements Row {

    /** A conversation without weights. */
    public ChatRow(List<Map<String, Object>> messages, List<Map<String, Object>> tools) {
        this(messages, tools, Set.of());
    }
}
