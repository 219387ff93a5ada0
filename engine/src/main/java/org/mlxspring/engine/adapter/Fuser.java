package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mlxspring.engine.adapter.gguf.GgufExport;
import org.mlxspring.engine.adapter.gguf.Modelfile;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.ModelWriter;

/**
 * Writes a base model with an adapter added to it as a model folder, and as a GGUF file if asked; what was written is
 * compared with base and adapter before it takes its place. Weights are read, computed and written one after another, so
 * that a model larger than the memory can be fused.
 */
public final class Fuser {

    private Fuser() {}

    /**
     * @return what was written, and how far it is from base and adapter
     * @throws AdapterException if the adapter does not fit the model, or a result differs too much from both
     * @throws org.mlxspring.engine.model.ModelException if the base cannot be read or the target is not empty
     */
    public static FuseResult run(FuseSpec spec) {
        ModelWriter.requireEmpty(spec.savePath());
        if (spec.gguf().isPresent()) {
            GgufExport.requireSupported(spec.model());
        }
        try (Workplace beside = Workplace.beside(spec.savePath())) {
            Path folder = beside.path().resolve("model");
            write(spec, spec.dequantize(), folder);
            Optional<ResultCheck> check = HeldOutRows.find(spec.check(), spec.adapterPath(), spec.model())
                    .map(rows -> new ResultCheck(spec, rows));
            List<CheckReport> reports = new ArrayList<>();
            check.ifPresent(present -> reports.add(present.fused(folder)));
            Optional<Path> gguf = spec.gguf().map(target -> export(spec, target, folder, beside, check, reports));
            if (!reports.isEmpty()) {
                CheckFile.write(folder.resolve(CheckFile.NAME), reports);
            }
            publish(spec, folder, gguf);
            return new FuseResult(names(spec.savePath()), List.copyOf(reports));
        } catch (IOException e) {
            throw new UncheckedIOException("The fused model could not be written to " + spec.savePath(), e);
        }
    }

    private static void write(FuseSpec spec, boolean dequantize, Path folder) {
        try (Scope results = Scope.open()) {
            LanguageModel model;
            // Closed before anything is computed, so that a tensor of the base lives no longer than what needs it.
            try (Scope sources = Scope.open()) {
                model = ModelRegistry.load(spec.model());
                new AdapterFolder(spec.adapterPath()).load(model);
                Adapters.fuse(model, dequantize);
                model.parameters().values().forEach(parameter -> sources.keep(parameter.value()));
            }
            ModelConfig config = ModelConfig.read(spec.model());
            ModelWriter.writeAndFree(model, dequantize ? config.withoutQuantization() : config, spec.model(), folder);
        }
    }

    /** A quantized model is exported from an unquantized copy, since GGUF has no equal of MLX's groups. */
    private static Path export(
            FuseSpec spec,
            GgufTarget target,
            Path folder,
            Workplace beside,
            Optional<ResultCheck> check,
            List<CheckReport> reports) {
        Path source = folder;
        if (ModelConfig.read(folder).object("quantization").isPresent()) {
            source = beside.path().resolve("unquantized");
            write(spec, true, source);
        }
        Path file = beside.path().resolve("model.gguf");
        GgufExport.write(source, target.type(), file);
        if (check.isPresent()) {
            reports.add(check.get().gguf(file, source, target.type()));
        }
        return file;
    }

    private static void publish(FuseSpec spec, Path folder, Optional<Path> gguf) throws IOException {
        if (gguf.isPresent()) {
            Path place = folder.resolve(spec.gguf().orElseThrow().file());
            Files.createDirectories(place.toAbsolutePath().getParent());
            Modelfile.write(folder, place);
            moveFile(gguf.get(), place);
        }
        Files.deleteIfExists(spec.savePath());
        DurableFile.move(folder, spec.savePath());
    }

    private static void moveFile(Path from, Path to) throws IOException {
        if (Files.getFileStore(from)
                .equals(Files.getFileStore(to.toAbsolutePath().getParent()))) {
            DurableFile.move(from, to);
        } else {
            DurableFile.write(to, beside -> Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
