package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx render}: what the model will see of a conversation. */
@Command(
        name = "render",
        description = {
            "Print what the model will see of a conversation: the text of its chat template, exactly, without a new line"
                    + " at the end.",
            ""
        },
        abbreviateSynopsis = true,
        sortOptions = false)
final class RenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FOLDER", required = true, description = "Folder of the model.")
    private String model = "";

    @Option(
            names = "--messages",
            paramLabel = "FILE",
            required = true,
            description = "A JSON list of messages; or an object with \"messages\" and, if wanted, \"tools\" and"
                    + " \"documents\"; or JSON lines of such objects, as rows to train on are.")
    private Path messages = Path.of("");

    @Option(names = "--row", paramLabel = "N", description = "The line of a file of JSON lines, counted from 1.")
    private @Nullable Integer row;

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "A JSON list of the tools' schemas; it wins over those in the file of messages.")
    private @Nullable Path tools;

    @Option(
            names = "--no-generation-prompt",
            description = "End with the last message, as rows to train on do, rather than where the assistant begins.")
    private boolean withoutGenerationPrompt;

    @Mixin
    private ChatTemplateConfig templateConfig = new ChatTemplateConfig();

    @Option(names = "--ids", description = "Print the token ids instead, as one line of JSON.")
    private boolean ids;

    @Override
    public Integer call() {
        Path folder = ModelFolder.withTokenizer("--model", model);
        ConversationFile.Conversation conversation = ConversationFile.read(messages, row);
        var given = tools == null ? conversation.tools() : ConversationFile.tools(tools);
        Map<String, Object> variables = new LinkedHashMap<>(templateConfig.variables());
        if (!conversation.documents().isEmpty()) {
            variables.put("documents", conversation.documents());
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            String text = tokenizer.renderChat(conversation.messages(), given, !withoutGenerationPrompt, variables);
            if (ids) {
                out.println(Arrays.toString(tokenizer.encode(text, false)));
            } else {
                out.print(text);
            }
            out.flush();
        }
        return 0;
    }
}
