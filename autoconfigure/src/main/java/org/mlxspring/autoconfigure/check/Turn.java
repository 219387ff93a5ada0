package org.mlxspring.autoconfigure.check;

import java.util.List;
import java.util.Map;

/**
 * One message of a row, as far as the checks read it.
 *
 * @param role who speaks
 * @param text what is said; empty where only tools are called
 * @param callsTools whether the assistant calls tools in it
 */
record Turn(String role, String text, boolean callsTools) {

    static final String ASSISTANT = "assistant";

    static Turn of(Map<String, Object> message) {
        boolean calls = message.get("tool_calls") instanceof List<?> list && !list.isEmpty();
        String text = message.get("content") instanceof String content ? content : "";
        return new Turn(String.valueOf(message.get("role")), text, calls);
    }

    boolean isEmpty() {
        return text.isBlank() && !callsTools;
    }

    boolean isAssistants() {
        return role.equals(ASSISTANT);
    }
}
