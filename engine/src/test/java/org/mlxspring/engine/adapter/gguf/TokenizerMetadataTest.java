package org.mlxspring.engine.adapter.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.text.Tokenizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenizerMetadataTest {

    @TempDir
    Path folder;

    @Test
    void piecesGetScoresInTheOrderOfTheirMerges() throws IOException {
        Path model = tokenizer("pieces");
        Map<String, MetadataValue> metadata = describe(model, 400);
        assertThat(metadata)
                .containsEntry("tokenizer.ggml.model", new MetadataValue.Text("llama"))
                .containsEntry("tokenizer.ggml.add_space_prefix", new MetadataValue.Flag(true))
                .containsEntry("tokenizer.ggml.add_bos_token", new MetadataValue.Flag(true))
                .containsEntry("tokenizer.ggml.add_eos_token", new MetadataValue.Flag(false))
                .containsEntry("tokenizer.ggml.bos_token_id", new MetadataValue.Whole(1))
                .containsEntry("tokenizer.ggml.unknown_token_id", new MetadataValue.Whole(0));
        List<String> tokens = ((MetadataValue.Texts) metadata.get("tokenizer.ggml.tokens")).values();
        int[] types = ((MetadataValue.Wholes) metadata.get("tokenizer.ggml.token_type")).values();
        float[] scores = ((MetadataValue.Reals) metadata.get("tokenizer.ggml.scores")).values();
        assertThat(tokens).hasSize(400);
        assertThat(types[tokens.indexOf("<unk>")]).isEqualTo(2);
        assertThat(types[tokens.indexOf("<s>")]).isEqualTo(3);
        assertThat(types[tokens.indexOf("<0x0A>")]).isEqualTo(6);
        assertThat(types[399]).isEqualTo(5);
        JsonNode merges = new JsonMapper()
                .readTree(Files.readString(model.resolve("tokenizer.json")))
                .path("model")
                .path("merges");
        for (int rank = 0; rank < 3; rank++) {
            String merged =
                    merges.get(rank).get(0).asString() + merges.get(rank).get(1).asString();
            assertThat(scores[tokens.indexOf(merged)]).isEqualTo(-rank);
        }
    }

    @Test
    void bytesGetMergesAndTheNameOfTheirPreTokenizer() {
        Map<String, MetadataValue> metadata = describe(tokenizer("bytes"), 360);
        assertThat(metadata)
                .containsEntry("tokenizer.ggml.model", new MetadataValue.Text("gpt2"))
                .containsEntry("tokenizer.ggml.pre", new MetadataValue.Text("gpt-2"))
                .containsEntry("tokenizer.ggml.eos_token_id", new MetadataValue.Whole(2))
                .containsEntry("tokenizer.ggml.eot_token_id", new MetadataValue.Whole(0))
                .containsEntry("tokenizer.ggml.add_bos_token", new MetadataValue.Flag(false))
                .doesNotContainKey("tokenizer.ggml.bos_token_id");
        assertThat(((MetadataValue.Texts) metadata.get("tokenizer.ggml.merges")).values())
                .allMatch(merge -> merge.indexOf(' ') > 0);
    }

    @Test
    void aSplitThatLlamaCppDoesNotKnowIsRefused() throws IOException {
        Path model = tokenizer("bytes");
        for (String name : List.of("tokenizer_config.json", "config.json")) {
            Files.copy(model.resolve(name), folder.resolve(name));
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                Files.readString(model.resolve("tokenizer.json"))
                        .replace("\"add_prefix_space\": false", "\"add_prefix_space\": true")
                        .replace("\"add_prefix_space\":false", "\"add_prefix_space\":true"));
        assertThatThrownBy(() -> describe(folder, 360))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tokenizer.json cannot be written to GGUF")
                .hasMessageContaining("a space before");
    }

    @Test
    void wordsAreRefused() {
        assertThatThrownBy(() -> describe(tokenizer("words"), 10))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its model is 'WordLevel'");
    }

    @Test
    void turnsAreWrappedAsTheChatTemplateDoes() {
        try (Tokenizer tokenizer = Tokenizer.load(new Fixture("llama").model())) {
            assertThat(TurnTemplate.of(tokenizer)).hasValueSatisfying(template -> {
                assertThat(template.beforeFirst()).isEqualTo("<|im_start|>user\n");
                assertThat(template.beforeSystem()).contains("<|im_start|>system\n");
                assertThat(template.afterSystem()).isEqualTo("<|im_end|>\n<|im_start|>user\n");
                assertThat(template.afterAnswer()).isEqualTo("<|im_end|>\n");
            });
        }
        assertThat(Modelfile.text(tokenizer("bytes"), Path.of("a/model.gguf")))
                .contains("FROM ./model.gguf\n", "# No TEMPLATE: the model's chat template does more than wrap turns");
        assertThat(Modelfile.text(tokenizer("words"), Path.of("a/model.gguf")))
                .contains("FROM ./model.gguf\n", "# No TEMPLATE: the model has no chat template.");
    }

    private static Map<String, MetadataValue> describe(Path model, int count) {
        Metadata metadata = new Metadata();
        TokenizerMetadata.describe(model, count, metadata);
        return metadata.values();
    }

    private static Path tokenizer(String name) {
        try {
            return Path.of(TokenizerMetadataTest.class
                    .getResource("/text/tokenizers/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
