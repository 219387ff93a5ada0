package org.mlxspring.autoconfigure.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.data.Split;

/** Brings the rows of checked JSONL files in, as one import that is all there is. */
final class FileIntake {

    private static final int CHUNK_ROWS = 1000;
    private static final int CHUNK_CHARACTERS = 4_000_000;

    private final RowIntake intake;

    FileIntake(RowIntake intake) {
        this.intake = intake;
    }

    /** The version that came out, {@link VersionState#BUILDING} if it is new. */
    DatasetVersion bring(String dataset, Map<Split, Path> files, RowKind kind, String user) throws IOException {
        Set<Split> drawn = EnumSet.complementOf(EnumSet.copyOf(files.keySet()));
        Intake begun = intake.begin(dataset, intake.nextImport(), IntakeMode.REPLACE, drawn, user);
        try {
            long position = 0;
            for (Map.Entry<Split, Path> file : files.entrySet()) {
                Optional<Split> split = file.getKey() == Split.TRAIN ? Optional.empty() : Optional.of(file.getKey());
                position = add(begun, position, file.getValue(), split, kind);
            }
            return intake.finish(begun);
        } catch (IOException | RuntimeException e) {
            intake.abandon(begun);
            throw e;
        }
    }

    private long add(Intake begun, long from, Path file, Optional<Split> split, RowKind kind) throws IOException {
        long position = from;
        List<NewRow> chunk = new ArrayList<>(CHUNK_ROWS);
        int characters = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (text.isBlank()) {
                    continue;
                }
                chunk.add(new NewRow(
                        RowJson.write(RowJson.read(text)),
                        kind,
                        split,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
                characters += text.length();
                if (chunk.size() == CHUNK_ROWS || characters > CHUNK_CHARACTERS) {
                    intake.add(begun, position, chunk);
                    position += chunk.size();
                    characters = 0;
                    chunk.clear();
                }
            }
        }
        intake.add(begun, position, chunk);
        return position + chunk.size();
    }
}
