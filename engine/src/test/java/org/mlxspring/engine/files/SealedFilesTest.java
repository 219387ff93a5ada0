package org.mlxspring.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFilesTest {

    private static final int BLOCK = 65_536;
    private static final int TAG = 16;
    private static final int HEADER = 28;
    private static final FileKey KEY = FileKey.random();
    /** A device that has no room for anything. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("rows.sealed");
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void seal(Path file, byte[] content) throws IOException {
        try (var out = new SealedOutputStream(Files.newOutputStream(file), KEY)) {
            out.write(content);
        }
    }

    private static byte[] read(Path file, FileKey key) throws IOException {
        try (InputStream in = new SealedInputStream(file, key)) {
            return in.readAllBytes();
        }
    }

    /** Both ways of reading must refuse what is at the file's place. */
    private void refused() {
        assertThatThrownBy(() -> read(file(), KEY))
                .isInstanceOf(SealedFileException.class)
                .hasMessageContaining("rows.sealed");
        assertThatThrownBy(() -> {
                    SealedFile opened = SealedFile.open(file(), KEY);
                    opened.read(0, new byte[(int) opened.size()], 0, (int) opened.size());
                })
                .hasStackTraceContaining("SealedFileException");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1, 1_000_003})
    void comesBackAsItWasWritten(int size) throws IOException {
        byte[] content = content(size);
        seal(file(), content);

        assertThat(read(file(), KEY)).isEqualTo(content);
        SealedFile opened = SealedFile.open(file(), KEY);
        assertThat(opened.size()).isEqualTo(size);
        byte[] all = new byte[size];
        opened.read(0, all, 0, size);
        assertThat(all).isEqualTo(content);
        assertThatThrownBy(() -> opened.read(size, new byte[1], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anyPlaceIsReadInAnyOrder() throws IOException {
        byte[] content = content(40 * BLOCK + 17);
        seal(file(), content);
        SealedFile opened = SealedFile.open(file(), KEY);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            int count = random.nextInt(3 * BLOCK);
            int offset = random.nextInt(content.length - count);
            byte[] part = new byte[count];
            opened.read(offset, part, 0, count);
            assertThat(part).isEqualTo(Arrays.copyOfRange(content, offset, offset + count));
        }
    }

    @Test
    void writingByteByByteIsTheSame() throws IOException {
        byte[] content = content(2 * BLOCK + 5);
        try (var out = new SealedOutputStream(Files.newOutputStream(file()), KEY)) {
            for (byte each : content) {
                out.write(each);
            }
        }
        assertThat(read(file(), KEY)).isEqualTo(content);
    }

    @Test
    void nothingStandsThereInTheClear() throws IOException {
        String text = "Frau Beispiel, Kundennummer 4711. ";
        seal(file(), text.repeat(5000).getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1)).doesNotContain("Beispiel");
        assertThat(KEY.toString()).doesNotContain(KEY.encoded());
    }

    @Test
    void theSameContentIsNeverSealedAlike() throws IOException {
        seal(file(), content(100));
        byte[] once = Files.readAllBytes(file());
        seal(file(), content(100));
        assertThat(Files.readAllBytes(file())).isNotEqualTo(once);
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        seal(file(), content(100));
        assertThatThrownBy(() -> read(file(), FileKey.random()))
                .isInstanceOf(SealedFileException.class)
                .hasMessageEndingWith(
                        "rows.sealed cannot be opened at block 0: it is damaged, or its key is another one");
        assertThatThrownBy(() -> SealedFile.open(file(), FileKey.random())).isInstanceOf(SealedFileException.class);
    }

    @Test
    void everyDamagedByteIsSeen() throws IOException {
        seal(file(), content(300));
        byte[] whole = Files.readAllBytes(file());
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file(), damaged);
            refused();
        }
    }

    @Test
    void aCutIsSeenWhereverItIs() throws IOException {
        seal(file(), content(2 * BLOCK + 100));
        byte[] whole = Files.readAllBytes(file());
        int sealed = BLOCK + TAG;
        List<Integer> boundaries = List.of(0, HEADER, HEADER + TAG, HEADER + sealed, HEADER + 2 * sealed, whole.length);
        List<Integer> cuts = new ArrayList<>();
        boundaries.forEach(boundary -> cuts.addAll(List.of(boundary - 1, boundary, boundary + 1)));
        cuts.addAll(List.of(HEADER + sealed + TAG, HEADER + 2 * sealed + TAG));
        for (int cut : cuts) {
            if (cut >= 0 && cut < whole.length) {
                Files.write(file(), Arrays.copyOf(whole, cut));
                refused();
            }
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length + 1));
        refused();
    }

    @Test
    void blocksThatChangedPlacesOrFilesAreRefused() throws IOException {
        int sealed = BLOCK + TAG;
        seal(file(), content(3 * BLOCK));
        byte[] whole = Files.readAllBytes(file());
        byte[] swapped = whole.clone();
        System.arraycopy(whole, HEADER, swapped, HEADER + sealed, sealed);
        System.arraycopy(whole, HEADER + sealed, swapped, HEADER, sealed);
        Files.write(file(), swapped);
        refused();

        Path other = folder.resolve("other.sealed");
        seal(other, content(3 * BLOCK));
        byte[] foreign = whole.clone();
        System.arraycopy(Files.readAllBytes(other), HEADER, foreign, HEADER, sealed);
        Files.write(file(), foreign);
        refused();

        byte[] without = Arrays.copyOf(whole, whole.length - sealed);
        System.arraycopy(whole, HEADER + sealed, without, HEADER, 2 * sealed);
        Files.write(file(), without);
        refused();

        byte[] appended = Arrays.copyOf(whole, whole.length + sealed);
        System.arraycopy(whole, HEADER, appended, whole.length, sealed);
        Files.write(file(), appended);
        refused();
    }

    @Test
    void whatWasNotClosedIsNoFile() throws IOException {
        try (var out = Files.newOutputStream(file())) {
            @SuppressWarnings("resource")
            var unfinished = new SealedOutputStream(out, KEY);
            unfinished.write(content(3 * BLOCK));
            unfinished.flush();
        }
        refused();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closingOnAFullDiskFailsAsWritingDid() throws IOException {
        @SuppressWarnings("resource")
        var out = new SealedOutputStream(new BufferedOutputStream(Files.newOutputStream(FULL)), KEY);
        assertThatThrownBy(() -> out.write(content(2 * BLOCK))).isInstanceOf(IOException.class);
        assertThatThrownBy(out::close).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatCannotBeBegunIsNotLeftOpen() throws IOException {
        assertThatThrownBy(() -> Storage.sealed(KEY).write(FULL)).isInstanceOf(IOException.class);
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(handles.map(Path::toFile).map(SealedFilesTest::target)).doesNotContain(FULL.toString());
        }
    }

    private static String target(File handle) {
        try {
            return handle.getCanonicalPath();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    /** Only measured: a machine under load must not fail here. */
    @Test
    void tellsItsRate() throws IOException {
        byte[] content = content(64 << 20);
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            seal(file(), content);
            double sealing = content.length / 1e6 / ((System.nanoTime() - start) / 1e9);
            start = System.nanoTime();
            byte[] back = read(file(), KEY);
            double opening = content.length / 1e6 / ((System.nanoTime() - start) / 1e9);
            System.out.printf("sealed at %.0f MB/s, opened at %.0f MB/s%n", sealing, opening);
            assertThat(back).isEqualTo(content);
        }
    }
}
