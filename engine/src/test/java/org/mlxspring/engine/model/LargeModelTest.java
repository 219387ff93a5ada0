package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A model with several shards and experts to stack takes little more memory than its files have, in a JVM of its own. */
@EnabledOnOs(OS.LINUX)
class LargeModelTest {

    private static final double MOST = 1.15;

    @TempDir
    Path folder;

    @Test
    void isNeverTwiceInMemory() throws Exception {
        MixtralOnDisk model = new MixtralOnDisk(folder.resolve("model"), 8, 8, 512, 1024);
        model.write();

        requireLittle(model, load(model));
        align(model);
        requireLittle(model, load(model));
    }

    private static void requireLittle(MixtralOnDisk model, Map<String, String> result) throws Exception {
        assertThat(Double.parseDouble(result.get("mlx")) / model.bytes()).isLessThan(MOST);
        assertThat(Double.parseDouble(result.get("resident")) / model.bytes()).isLessThan(MOST);
        assertThat(result).containsEntry("equal", "true");
    }

    private static Map<String, String> load(MixtralOnDisk model) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadingProcess.class.getName(),
                        model.folder().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            Map<String, String> result = out.readAllLines().stream()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
            assertThat(process.waitFor()).isZero();
            return result;
        }
    }

    /** Has the values of every file begin at a multiple of eight bytes, as Hugging Face writes them. */
    private static void align(MixtralOnDisk model) throws Exception {
        for (Path file : Weights.files(model.folder())) {
            Path aligned = file.resolveSibling("aligned");
            try (FileChannel from = FileChannel.open(file);
                    FileChannel to = FileChannel.open(aligned, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                from.read(length, 0);
                long header = length.getLong(0);
                long padded = (header + 7) / 8 * 8;
                to.write(length.putLong(0, padded).rewind(), 0);
                from.transferTo(8, header, to.position(8));
                to.write(ByteBuffer.wrap(" ".repeat((int) (padded - header)).getBytes()), 8 + header);
                from.transferTo(8 + header, from.size(), to.position(8 + padded));
            }
            Files.move(aligned, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
