package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.text.Tokenizer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tokenizer of a model folder in llama.cpp's keys. */
final class TokenizerMetadata {

    private static final String PREFIX = "tokenizer.ggml.";
    private static final char SPACE = '\u2581';

    private final Path file;
    private final JsonNode json;
    private final Tokenizer tokenizer;
    private final int count;

    private TokenizerMetadata(Path file, JsonNode json, Tokenizer tokenizer, int count) {
        this.file = file;
        this.json = json;
        this.tokenizer = tokenizer;
        this.count = count;
    }

    /**
     * Puts tokens, merges or scores, special tokens and the chat template into the metadata.
     *
     * @param count how many tokens the model has embeddings for
     * @throws ModelException if llama.cpp has no tokenizer that splits texts like this one
     */
    static void describe(Path folder, int count, Metadata metadata) {
        Path file = folder.resolve("tokenizer.json");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            JsonNode json = new JsonMapper().readTree(Files.readString(file));
            new TokenizerMetadata(file, json, tokenizer, count).describe(metadata);
        } catch (IOException | JacksonException e) {
            throw new ModelException(file + " cannot be read.", e);
        }
    }

    private void describe(Metadata metadata) {
        if (!json.path("model").path("type").asString("").equals("BPE")) {
            throw refused("its model is '" + json.path("model").path("type").asString("none") + "', and only BPE is"
                    + " written");
        }
        if (json.path("decoder").toString().contains("ByteLevel")
                || json.path("pre_tokenizer").toString().contains("ByteLevel")) {
            describeBytes(metadata);
        } else {
            describePieces(metadata);
        }
        describeSpecial(metadata);
        tokenizer.chatTemplate().ifPresent(template -> metadata.text("tokenizer.chat_template", template));
    }

    private void describeBytes(Metadata metadata) {
        String normalizer = json.path("normalizer").path("type").asString("none");
        if (!normalizer.equals("none") && !normalizer.equals("NFC")) {
            throw refused("its normalizer is '" + normalizer + "', and llama.cpp has none for byte-level BPE");
        }
        String name = PreTokenizer.name(json)
                .orElseThrow(() ->
                        refused("llama.cpp has no name for its pre_tokenizer " + PreTokenizer.steps(json) + " here"));
        VocabularyTokens tokens = VocabularyTokens.of(json, count, false);
        metadata.text(PREFIX + "model", "gpt2")
                .text(PREFIX + "pre", name)
                .texts(PREFIX + "tokens", tokens.texts())
                .wholes(PREFIX + "token_type", tokens.types())
                .texts(PREFIX + "merges", merges().stream().map(this::merge).toList());
    }

    /** The format separates the two parts by a space, which a part may contain only as the byte-level letter for it. */
    private String merge(List<String> parts) {
        return parts.getFirst().replace(' ', '\u0120') + " " + parts.getLast().replace(' ', '\u0120');
    }

    private void describePieces(Metadata metadata) {
        VocabularyTokens tokens = VocabularyTokens.of(json, count, true);
        String normalizer = json.path("normalizer").toString();
        if (normalizer.contains("Precompiled") || normalizer.contains("Lowercase") || normalizer.contains("NFK")) {
            throw refused("its normalizer changes letters, which llama.cpp does not do");
        }
        metadata.text(PREFIX + "model", "llama")
                .text(PREFIX + "pre", "default")
                .texts(PREFIX + "tokens", tokens.texts())
                .reals(PREFIX + "scores", scores(tokens.texts()))
                .wholes(PREFIX + "token_type", tokens.types())
                .flag(
                        PREFIX + "add_space_prefix",
                        addsSpace(json.path("normalizer")) || addsSpace(json.path("pre_tokenizer")));
    }

    /** Where SentencePiece merges what has the highest score first, {@code tokenizer.json} has an order of merges. */
    private float[] scores(List<String> texts) {
        Map<String, Integer> ranks = new HashMap<>();
        List<List<String>> merges = merges();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.putIfAbsent(merges.get(rank).getFirst() + merges.get(rank).getLast(), rank);
        }
        float[] scores = new float[texts.size()];
        for (int id = 0; id < scores.length; id++) {
            scores[id] = -ranks.getOrDefault(texts.get(id), merges.size());
        }
        return scores;
    }

    private static boolean addsSpace(JsonNode step) {
        return switch (step.path("type").asString("")) {
            case "Sequence" ->
                step.path("normalizers").valueStream().anyMatch(TokenizerMetadata::addsSpace)
                        || step.path("pretokenizers").valueStream().anyMatch(TokenizerMetadata::addsSpace);
            case "Prepend" -> step.path("prepend").asString("").equals(String.valueOf(SPACE));
            case "Metaspace" ->
                step.has("prepend_scheme")
                        ? !step.path("prepend_scheme").asString("").equals("never")
                        : step.path("add_prefix_space").asBoolean(true);
            default -> false;
        };
    }

    /** Merges are pairs, or texts with a space between the two parts. */
    private List<List<String>> merges() {
        List<List<String>> merges = new ArrayList<>();
        json.path("model").path("merges").forEach(merge -> {
            if (merge.isArray()) {
                merges.add(List.of(merge.get(0).asString(), merge.get(1).asString()));
            } else {
                String text = merge.asString();
                int space = text.indexOf(' ', 1);
                merges.add(List.of(text.substring(0, space), text.substring(space + 1)));
            }
        });
        return merges;
    }

    private void describeSpecial(Metadata metadata) {
        put(metadata, "bos_token_id", tokenizer.bosToken());
        put(metadata, "eos_token_id", tokenizer.eosToken());
        put(metadata, "padding_token_id", tokenizer.padToken());
        String unknown = json.path("model").path("unk_token").asString("");
        if (!unknown.isEmpty()) {
            put(metadata, "unknown_token_id", tokenizer.idOf(unknown));
        }
        tokenizer.endTokens().stream()
                .filter(id -> tokenizer.eosToken().isEmpty()
                        || id != tokenizer.eosToken().getAsInt())
                .findFirst()
                .ifPresent(id -> put(metadata, "eot_token_id", OptionalInt.of(id)));
        int[] plain = tokenizer.encode("a", false);
        int[] full = tokenizer.encode("a", true);
        metadata.flag(PREFIX + "add_bos_token", starts(full, plain, tokenizer.bosToken()))
                .flag(PREFIX + "add_eos_token", ends(full, plain, tokenizer.eosToken()));
    }

    private static boolean starts(int[] full, int[] plain, OptionalInt bos) {
        return full.length > plain.length && bos.isPresent() && full[0] == bos.getAsInt();
    }

    private static boolean ends(int[] full, int[] plain, OptionalInt eos) {
        return full.length > plain.length && eos.isPresent() && full[full.length - 1] == eos.getAsInt();
    }

    private void put(Metadata metadata, String key, OptionalInt id) {
        if (id.isPresent() && id.getAsInt() < count) {
            metadata.whole(PREFIX + key, id.getAsInt());
        }
    }

    private ModelException refused(String reason) {
        return new ModelException(file + " cannot be written to GGUF: " + reason
                + ". Convert the fused folder with convert_hf_to_gguf.py of llama.cpp.");
    }
}
