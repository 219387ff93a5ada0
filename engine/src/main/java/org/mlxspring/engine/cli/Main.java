package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.ffi.EngineVersions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code mlx}. */
@Command(
        name = "mlx",
        description =
                "Fine-tune, run, judge and fuse language models on this machine. Flags and files are those of mlx-lm.",
        versionProvider = Main.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the command did what it was asked",
            "1:it failed on the way",
            "2:the flags, the settings or the input are wrong",
            "130:it was interrupted with Ctrl-C; training has written a checkpoint"
        })
public final class Main implements Runnable {

    /** MLX walks a graph by recursion; deep models need more than the usual stack. */
    private static final long STACK_BYTES = 64L << 20;

    private static final List<Class<?>> COMMANDS = List.of(
            LoraCommand.class,
            GenerateCommand.class,
            FuseCommand.class,
            ConvertCommand.class,
            ExportPeftCommand.class,
            EvaluateCommand.class,
            PerplexityCommand.class,
            RenderCommand.class,
            PrepareCommand.class,
            WorkCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the versions of the engine, MLX and mlx-c, and exit.")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) throws Exception {
        Mlx.ownProcess();
        // As Python prints, whatever the locale: text of a model is not to lose its letters on a bare server.
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        FutureTask<Integer> work = new FutureTask<>(
                () -> commandLine(out, err, commands(arguments)).execute(arguments));
        new Thread(null, work, "mlx", STACK_BYTES).start();
        int code = work.get();
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** The command that is asked for, since picocli reads the flags of all it is given; all where none is. */
    private static List<Class<?>> commands(String[] arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(each -> arguments.length > 0
                        && each.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return commandLine(out, err, COMMANDS);
    }

    private static CommandLine commandLine(PrintWriter out, PrintWriter err, List<Class<?>> commands) {
        CommandLine commandLine = new CommandLine(new Main());
        commands.forEach(commandLine::addSubcommand);
        Failures failures = new Failures();
        return commandLine
                // The last one wins, as in mlx-lm, so that a script can add to the flags of another.
                .setOverwrittenOptionsAllowed(true)
                .setExecutionStrategy(Main::runCommand)
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Picocli handles exceptions alone; an absent library arrives as an error of a class that could not load. */
    private static int runCommand(CommandLine.ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (Error e) {
            CommandLine.ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
            throw new CommandLine.ExecutionException(command.commandSpec().commandLine(), e.toString(), e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing; one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** What {@code --version} says. */
    static final class Versions implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                "engine " + EngineVersions.ENGINE, "mlx " + EngineVersions.MLX, "mlx-c " + EngineVersions.MLX_C
            };
        }
    }
}
