package org.mlxspring.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.text.Tokenizer;

/**
 * What a person asks, as the tokens that a model continues.
 *
 * @param text the user's message
 * @param system a system message before it
 * @param prefill the beginning of the answer, which the model is to continue
 * @param useTemplate whether the chat template is used, where the model has one
 * @param variables further variables of the chat template
 */
record PromptText(
        String text,
        Optional<String> system,
        Optional<String> prefill,
        boolean useTemplate,
        Map<String, Object> variables) {

    /** As transformers does it: where this comes out of the template, the answer's beginning ends. */
    private static final String END_OF_PREFILL = "END_OF_THE_PREFILLED_ANSWER ";

    private static final String QUERY = "<query>";

    /** @throws UsageException if a part of this needs a chat template and the model has none */
    int[] tokens(Tokenizer tokenizer) {
        return isBare(tokenizer) ? bare(tokenizer) : tokenizer.encode(rendered(tokenizer, text), false);
    }

    /**
     * The tokens from the user's message on, where a stored prompt holds what comes before it.
     *
     * @throws UsageException if a part of this needs a chat template and the model has none
     */
    int[] tokensFromMessage(Tokenizer tokenizer) {
        if (isBare(tokenizer)) {
            return bare(tokenizer);
        }
        int start = rendered(tokenizer, QUERY).indexOf(QUERY);
        if (start < 0) {
            throw new UsageException("--prompt-cache-file: the chat template leaves out the user's message.");
        }
        return tokenizer.encode(rendered(tokenizer, text).substring(start), false);
    }

    private boolean isBare(Tokenizer tokenizer) {
        return !useTemplate || !tokenizer.hasChatTemplate();
    }

    private int[] bare(Tokenizer tokenizer) {
        if (system.isPresent() || prefill.isPresent()) {
            throw new UsageException((system.isPresent() ? "--system-prompt" : "--prefill-response")
                    + " needs a chat template, and "
                    + (useTemplate ? "the model has none." : "--ignore-chat-template leaves it out."));
        }
        return tokenizer.encode(text, true);
    }

    private String rendered(Tokenizer tokenizer, String asked) {
        List<Map<String, Object>> messages = new ArrayList<>();
        system.ifPresent(content -> messages.add(message("system", content)));
        messages.add(message("user", asked));
        if (prefill.isEmpty()) {
            return tokenizer.renderChat(messages, List.of(), true, variables);
        }
        messages.add(message("assistant", prefill.get() + END_OF_PREFILL));
        String rendered = tokenizer.renderChat(messages, List.of(), false, variables);
        return untilPrefillEnds(rendered);
    }

    private static String untilPrefillEnds(String rendered) {
        int end = rendered.lastIndexOf(END_OF_PREFILL.strip());
        if (end < 0) {
            throw new UsageException("--prefill-response: the chat template leaves out the beginning of the answer.");
        }
        String before = rendered.substring(0, end);
        // A template that trims the message would have trimmed the blanks before the mark, too.
        return rendered.startsWith(END_OF_PREFILL, end) ? before : before.stripTrailing();
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
