package org.mlxspring.engine.text;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chooses the detokenizer that suits the decoder of {@code tokenizer.json}, as mlx-lm does. */
final class Detokenizers {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PIECES = "{\"type\":\"Sequence\",\"decoders\":["
            + "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\u2581\"},\"content\":\" \"},"
            + "{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"}";
    private static final JsonNode SENTENCE_PIECE = JSON.readTree(PIECES + "]}");
    private static final JsonNode SENTENCE_PIECE_TRIMMED =
            JSON.readTree(PIECES + ",{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}]}");

    private Detokenizers() {}

    static StreamingDetokenizer of(Tokenizer tokenizer, Vocabulary vocabulary) {
        JsonNode decoder = vocabulary.decoder();
        if (decoder.equals(SENTENCE_PIECE) || decoder.equals(SENTENCE_PIECE_TRIMMED)) {
            return new SentencePieceDetokenizer(vocabulary, decoder.equals(SENTENCE_PIECE_TRIMMED));
        }
        if (decoder.path("type").asString("").equals("ByteLevel")) {
            return new ByteLevelDetokenizer(vocabulary);
        }
        return new DecodingDetokenizer(tokenizer);
    }
}
