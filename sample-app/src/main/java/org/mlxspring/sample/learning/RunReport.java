package org.mlxspring.sample.learning;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mlxspring.autoconfigure.run.Decision;
import org.mlxspring.autoconfigure.run.RunCheck;
import org.mlxspring.autoconfigure.run.RunScore;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.schedule.Schedules;
import org.mlxspring.sample.DeskProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What became of a run, in words and a table for a terminal. */
@Component
class RunReport {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Environment environment;
    private final DeskProperties desk;
    private final Schedules schedules;
    private final Examples examples;

    RunReport(Environment environment, DeskProperties desk, Schedules schedules, Examples examples) {
        this.environment = environment;
        this.desk = desk;
        this.schedules = schedules;
        this.examples = examples;
    }

    /** Where a path of this application is, as a link to click on. */
    String address(String path) {
        return "http://localhost:" + environment.getProperty("local.server.port", "8080") + path;
    }

    /** The table of a run that succeeded. */
    String ofSuccess(RunView run) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                        "%n  %d held-out tickets      exact answers      loss%n",
                        run.scores().stream().mapToInt(RunScore::answered).max().orElse(0)))
                .append("  --------------------------------------------------\n")
                .append(run.scores().stream().map(RunReport::score).collect(Collectors.joining()))
                .append('\n')
                .append(String.format(
                        "  Decision    %s%n",
                        Optional.ofNullable(run.decisionReason()).orElse("none")));
        if (run.decision() == Decision.PROMOTED) {
            text.append(String.format("  Model       %s%n", run.fusedModel()));
            run.checks().forEach(check -> text.append(check(check)));
        }
        examples.of(run).ifPresent(example -> text.append(example(example)));
        return text.append(String.format("%n  Tickets     %s%n", address("/")))
                .append(String.format("  Runs        %s (run %s, %s)%n", address("/mlx"), run.id(), took(run)))
                .append(String.format(
                        "  Sign in as  viewer / %s (looks on), trainer / %s (starts runs), admin / %s, officer / %s (reads and"
                                + " erases rows)%n",
                        desk.passwords().viewer(),
                        desk.passwords().trainer(),
                        desk.passwords().admin(),
                        desk.passwords().officer()))
                .append(nextRun().map("  Next run    %s%n"::formatted).orElse(""))
                .toString();
    }

    /** Why a run failed or was stopped, and how to go on. */
    String ofFailure(RunView run) {
        return """
                Run %s is %s: %s
                  Restart goes on from its last checkpoint: the button on its page at %s, or
                  curl -u trainer:%s -X POST %s""".formatted(
                        run.id(),
                        run.state(),
                        run.reason(),
                        address("/mlx"),
                        desk.passwords().trainer(),
                        address("/mlx/api/runs/" + run.id() + "/restart"));
    }

    private static String score(RunScore score) {
        String name =
                switch (score.name()) {
                    case "base" -> "before (base model)";
                    case "champion" -> "champion until now";
                    case "candidate" -> "after (fine-tuned)";
                    default -> score.name();
                };
        return String.format(Locale.ROOT, "  %-22s %14.1f %% %9.4f%n", name, 100 * score.exactMatch(), score.loss());
    }

    /** Whether the fused model answers as what was judged. */
    private static String check(RunCheck check) {
        return String.format(
                Locale.ROOT,
                "              as base and adapter: the same first choice for %.1f %% of %,d tokens, mean KL %.1e%n",
                100 * check.equalArgmax(),
                check.tokens(),
                check.meanKl());
    }

    private static String example(Example example) {
        return """

                  Ticket      %s
                  Expected    %s
                  Before      %s
                  After       %s
                """.formatted(
                        example.ticket().replaceFirst("\n", ": ").replace("\n", " "),
                        example.expected(),
                        example.answers().get("base"),
                        example.answers().get("candidate"));
    }

    private Optional<String> nextRun() {
        return schedules.list().stream()
                .flatMap(schedule -> Optional.ofNullable(schedule.nextRun())
                        .map(next -> TIME.format(next.atZone(ZoneId.of(schedule.zone()))) + ", by schedule "
                                + schedule.name())
                        .stream())
                .findFirst();
    }

    private static String took(RunView run) {
        Instant start = Optional.ofNullable(run.startedAt()).orElse(run.createdAt());
        Duration time =
                Duration.between(start, Optional.ofNullable(run.endedAt()).orElse(start));
        return "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
