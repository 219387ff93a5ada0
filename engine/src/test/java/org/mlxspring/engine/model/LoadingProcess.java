package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;

/** A process that loads a model and prints the most memory that took: MLX's peak, its resident pages, and whether the tensors are those of the files. */
final class LoadingProcess {

    private static final Pattern EXPERT = Pattern.compile("(.*)\\.experts\\.(\\d+)\\.(w[123])\\.weight");
    private static final Map<String, String> STACKED = Map.of("w1", "gate_proj", "w2", "down_proj", "w3", "up_proj");

    private LoadingProcess() {}

    /**
     * @param arguments the model folder
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (Scope scope = Scope.open()) {
            Mlx.eval(Array.of(1f).add(1));
            long before = status("VmRSS");
            Mlx.resetPeakMemory();
            Map<String, Parameter> parameters = ModelRegistry.load(folder).parameters();
            Mlx.eval(parameters.values().stream().map(Parameter::value).toList());
            System.out.println("mlx " + Mlx.peakMemory());
            System.out.println("resident " + (status("VmHWM") - before));
            System.out.println("equal " + equal(folder, parameters));
        }
    }

    private static boolean equal(Path folder, Map<String, Parameter> parameters) throws IOException {
        Map<String, Array> stacks = new HashMap<>();
        parameters.forEach((name, parameter) -> stacks.put(name, parameter.value()));
        boolean equal = true;
        for (Path file : Weights.files(folder)) {
            try (Scope scope = Scope.open()) {
                for (Map.Entry<String, Array> entry : Safetensors.load(file).entrySet()) {
                    Matcher expert = EXPERT.matcher(entry.getKey());
                    Array loaded = expert.matches()
                            ? stacks.get(expert.group(1) + ".switch_mlp." + STACKED.get(expert.group(3)) + ".weight")
                                    .take(Array.of(Integer.parseInt(expert.group(2))), 0)
                            : stacks.get(entry.getKey());
                    Array same =
                            loaded.equalTo(entry.getValue()).astype(DType.INT32).sum();
                    equal &= same.toInts()[0] == entry.getValue().size();
                }
            }
        }
        return equal;
    }

    /** A number of bytes of {@code /proc/self/status}. */
    private static long status(String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        return lines.stream()
                        .filter(line -> line.startsWith(name + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                * 1024;
    }
}
