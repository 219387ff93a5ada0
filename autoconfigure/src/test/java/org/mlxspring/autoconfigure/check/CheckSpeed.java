package org.mlxspring.autoconfigure.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Intake;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.NewRow;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.RowJson;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.engine.data.Split;

/**
 * Measures how long all checks of many short rows take; run by hand with {@code -Xmx512m}. Arguments: number of rows, folder
 * of a base model, and properties of the host such as {@code spring.datasource.url=jdbc:h2:file:/tmp/speed}.
 */
final class CheckSpeed {

    private static final String[] WORDS = ("password printer network account locked reset invoice ticket monitor laptop"
                    + " vpn login access denied please help cannot open mail outlook teams file share drive slow crash"
                    + " update install error code server")
            .split(" ");

    private CheckSpeed() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        List<String> properties = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        properties.add("mlx.models.measured.path=" + arguments[1]);
        properties.add("mlx.datasets.checks.model=measured");
        properties.add("mlx.runs.concurrency=0");
        Path home = Files.createTempDirectory("check-speed");
        try (Host host = Host.start(List.of(Host.Pretending.class), home, properties.toArray(String[]::new))) {
            RowIntake intake = host.context().getBean(RowIntake.class);
            long started = System.nanoTime();
            DatasetVersion version = filled(intake, count);
            tell("stored", count, started);
            VersionChecks checks = host.context().getBean(VersionChecks.class);
            for (int time = 1; time <= 2; time++) {
                started = System.nanoTime();
                VersionReport report = checks.check(version.id());
                tell("checked", count, started);
                report.checks().forEach(each -> System.out.println("  " + each));
            }
        }
    }

    private static DatasetVersion filled(RowIntake intake, int count) {
        Random random = new Random(1);
        Intake begun =
                intake.begin("speed", intake.nextImport(), IntakeMode.APPEND, Set.of(Split.VALID, Split.TEST), "me");
        List<NewRow> rows = new ArrayList<>();
        long from = 0;
        for (int i = 0; i < count; i++) {
            String json =
                    RowJson.write(new TreeMap<>(Map.of("prompt", words(random) + i, "completion", words(random))));
            rows.add(new NewRow(
                    json, RowKind.ANSWER, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
            if (rows.size() == 1000 || i == count - 1) {
                intake.add(begun, from, rows);
                from += rows.size();
                rows = new ArrayList<>();
            }
        }
        return intake.finish(begun.importId());
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            words.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return words.toString();
    }

    private static void tell(String what, int rows, long started) {
        double seconds = (System.nanoTime() - started) / 1e9;
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf(
                "%s %d rows in %.1f s: %.0f rows/s; processor time so far %d s%n",
                what, rows, seconds, rows / seconds, processor.toSeconds());
    }
}
