package org.mlxspring.engine.cli;

import java.util.List;
import org.mlxspring.engine.worker.TaskFailure;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns an exception into one line on the standard error and an exit code; the stack trace only with --debug. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message = oneLine(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> close = unmatched.getSuggestions();
            message += close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?";
        }
        say(command, message + (message.endsWith("?") ? "" : ".") + " See '" + name(command) + " --help'.");
        if (List.of(arguments).contains("--debug")) {
            e.printStackTrace(command.getErr());
        }
        return WRONG_INPUT;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof ParameterException wrong) {
            return handleParseException(wrong, parsed.originalArgs().toArray(String[]::new));
        }
        Throwable error =
                e instanceof CommandLine.ExecutionException && e.getCause() instanceof Error cause ? cause : e;
        TaskFailure failure =
                switch (error) {
                    case UsageException wrong -> new TaskFailure(wrong.getMessage(), true);
                    case LaunchedTrainingException failed -> failed.failure();
                    default -> TaskFailure.of(error);
                };
        say(command, oneLine(failure.reason()));
        if (parsed.hasMatchedOption("--debug") || parsed.originalArgs().contains("--debug")) {
            error.printStackTrace(command.getErr());
        }
        return failure.userError() ? WRONG_INPUT : FAILED;
    }

    private static void say(CommandLine command, String message) {
        command.getErr().println(name(command) + ": " + message);
        command.getErr().flush();
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
