package org.mlxspring.engine.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares every line of the binding tables with the headers that mlx-native carries. */
class BindingTableTest {

    private static final List<String> HEADERS = List.of(
            "array",
            "closure",
            "device",
            "distributed",
            "distributed_group",
            "error",
            "fast",
            "io",
            "map",
            "memory",
            "ops",
            "random",
            "stream",
            "string",
            "transforms",
            "vector",
            "version");

    @TestFactory
    List<DynamicTest> eachBindingIsDeclaredSoInAHeader() {
        String headers = headers();
        List<DynamicTest> tests = new ArrayList<>();
        for (Prototype prototype : bound()) {
            tests.add(DynamicTest.dynamicTest(
                    prototype.name(), () -> assertThat(headers).contains(" " + prototype.declaration() + ";")));
        }
        return tests;
    }

    @Test
    void noFunctionIsBoundTwice() {
        assertThat(bound()).extracting(Prototype::name).doesNotHaveDuplicates();
    }

    private static List<Prototype> bound() {
        List<Prototype> bound = new ArrayList<>(MlxC.table());
        if (KernelCalls.present()) {
            bound.addAll(MlxKernels.table());
        }
        return bound;
    }

    private static String headers() {
        StringBuilder all = new StringBuilder();
        for (String header : HEADERS) {
            all.append(read("META-INF/mlx-native/include/mlx/c/" + header + ".h"))
                    .append('\n');
        }
        if (KernelCalls.present()) {
            all.append(read("META-INF/mlx-native/include/mlx_kernels.h"));
            all.append(read("META-INF/mlx-native/include/mlx_tensor_file.h"));
        }
        return (" " + all)
                .replaceAll("(?m)^#.*$", "")
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("//.*", "")
                .replace("extern \"C\" {", "")
                .replaceAll("\\s+", " ")
                .replace("( ", "(")
                .replace(" )", ")")
                .replace(" ,", ",")
                .replaceAll("(mlxk?_\\w+) \\(", "$1(");
    }

    private static String read(String resource) {
        URL url = BindingTableTest.class.getClassLoader().getResource(resource);
        assertThat(url).as(resource).isNotNull();
        try (var in = URI.create(url.toString()).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
