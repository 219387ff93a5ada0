package org.mlxspring.engine.adapter.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;
import tools.jackson.databind.JsonNode;

class GgufExportTest {

    private static final JsonNode GOLDENS = Goldens.read();

    @TempDir
    Path folder;

    static Stream<String> files() {
        return GOLDENS.path("files").properties().stream().map(Map.Entry::getKey);
    }

    static Stream<String> families() {
        return files().map(name -> name.split(" ")[0]).distinct();
    }

    @ParameterizedTest
    @MethodSource("files")
    void holdsTheTensorsThatTheGgufPackageMakes(String name) throws IOException {
        Path file = export(name.split(" ")[0], GgufType.of(name.split(" ")[1]));
        Map<String, List<Object>> expected = new LinkedHashMap<>();
        GOLDENS.path("files")
                .path(name)
                .path("tensors")
                .properties()
                .forEach(entry -> expected.put(
                        entry.getKey(),
                        List.of(
                                entry.getValue().get(0).asString(),
                                entry.getValue()
                                        .get(1)
                                        .valueStream()
                                        .map(JsonNode::asInt)
                                        .toList(),
                                entry.getValue().get(2).asString())));
        try (GgufFile written = GgufFile.open(file)) {
            assertThat(tensors(written, file)).containsExactlyInAnyOrderEntriesOf(expected);
            GOLDENS.path("files").path(name).path("metadata").properties().forEach(entry -> assertThat(
                            value(written.metadata().get(entry.getKey())))
                    .as(entry.getKey())
                    .isEqualTo(
                            entry.getValue().isNumber()
                                    ? entry.getValue().asDouble()
                                    : entry.getValue().asString()));
        }
    }

    private static Map<String, List<Object>> tensors(GgufFile written, Path file) throws IOException {
        Map<String, List<Object>> found = new LinkedHashMap<>();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            for (Map.Entry<String, GgufFile.Entry> entry : written.tensors().entrySet()) {
                GgufFile.Entry tensor = entry.getValue();
                List<Integer> shape = Arrays.stream(tensor.shape()).boxed().toList();
                long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
                byte[] data = new byte[(int) tensor.encoding().bytes(elements)];
                assertThat(tensor.offset() % 32).isZero();
                bytes.seek(written.dataStart() + tensor.offset());
                bytes.readFully(data);
                found.put(entry.getKey(), List.of(tensor.encoding().name(), shape, sha256(data)));
            }
        }
        return found;
    }

    private static Object value(MetadataValue value) {
        return switch (value) {
            case MetadataValue.Whole(int number) -> (double) number;
            case MetadataValue.Real(float number) -> (double) number;
            case MetadataValue.Text(String text) -> text;
            default -> value;
        };
    }

    @ParameterizedTest
    @MethodSource("families")
    void theFileReadBackComputesWhatTheFolderComputes(String family) {
        Path file = export(family, GgufType.F16);
        Fixture fixture = new Fixture(family);
        try (Scope scope = Scope.open()) {
            Array tokens =
                    Array.of(fixture.ints(fixture.expected().path("prompt_ids").get(0)), 1, 24);
            LanguageModel model = ModelRegistry.load(fixture.model());
            Array expected = model.logits(tokens);
            GgufWeights.load(file, ModelConfig.read(fixture.model()), model);
            Array difference = model.logits(tokens).subtract(expected);
            float largest = difference.multiply(difference).max(-1, false).sum().item();
            assertThat(largest).isGreaterThan(0).isLessThan(1);
        }
    }

    @Test
    void aFamilyThatCannotBeWrittenIsNamedWithThoseThatCan() {
        Path file = folder.resolve("model.gguf");
        assertThatThrownBy(() -> GgufExport.write(new Fixture("granite").model(), GgufType.F16, file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("type 'granite'")
                .hasMessageContaining("gemma, gemma2, gemma3_text, llama, mistral, phi3, qwen2, qwen3");
        assertThat(file).doesNotExist();
    }

    @Test
    void aQuantizedModelIsToBeDequantizedFirst() {
        assertThatThrownBy(() ->
                        GgufExport.write(new Fixture("llama-4bit").model(), GgufType.F16, folder.resolve("model.gguf")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("--dequantize");
    }

    @Test
    void readsAFileOfTheGgufPackage() throws IOException {
        Path file = folder.resolve("sample.gguf");
        Files.write(file, Base64.getDecoder().decode(GOLDENS.path("sample").asString()));
        try (GgufFile sample = GgufFile.open(file);
                Scope scope = Scope.open()) {
            assertThat(sample.metadata())
                    .containsEntry("general.architecture", new MetadataValue.Text("llama"))
                    .containsEntry("texts", new MetadataValue.Texts(List.of("a", "\u00e4")))
                    .containsEntry("flag", new MetadataValue.Flag(true))
                    .containsEntry("whole", new MetadataValue.Whole((int) 4_000_000_000L));
            Array matrix = sample.read(sample.tensors().get("matrix"), part -> part);
            assertThat(matrix.shape()).containsExactly(2, 3);
            assertThat(matrix.toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void aFileThatIsCutShortIsNamed() throws IOException {
        Path file = folder.resolve("cut.gguf");
        byte[] whole = Base64.getDecoder().decode(GOLDENS.path("sample").asString());
        Files.write(file, Arrays.copyOf(whole, 60));
        assertThatThrownBy(() -> GgufFile.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.gguf is not a complete GGUF file");
    }

    private Path export(String family, GgufType type) {
        Path file = folder.resolve(family + ".gguf");
        GgufExport.write(new Fixture(family).model(), type, file);
        return file;
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
