package org.mlxspring.engine.adapter.gguf;

import java.nio.file.Path;

/** Writes model folders as GGUF for the checking script: triples of folder, type and file. */
public final class ExportFolder {

    private ExportFolder() {}

    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 3) {
            GgufExport.write(Path.of(arguments[i]), GgufType.of(arguments[i + 1]), Path.of(arguments[i + 2]));
        }
    }
}
