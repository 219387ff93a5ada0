package org.mlxspring.engine.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Makes the content of {@code tokenizer.json}, with merges learned from a text. */
final class TokenizerJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    private final List<List<String>> merges = new ArrayList<>();
    private final Map<String, Object> model = new LinkedHashMap<>();
    private final List<Map<String, Object>> added = new ArrayList<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();

    private TokenizerJson() {}

    /** All bytes, and merges learned from a text's bytes. */
    static TokenizerJson bytes(String text, int count) {
        var json = new TokenizerJson();
        for (int b = 0; b < 256; b++) {
            json.token(String.valueOf(character(b)));
        }
        List<String> symbols = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            symbols.add(String.valueOf(character(b & 0xff)));
        }
        json.learn(symbols, count);
        json.model.put("byte_fallback", false);
        return json;
    }

    /** Bytes by their numbers, and merges learned from a text with marks for its spaces. */
    static TokenizerJson pieces(String text, int count) {
        var json = new TokenizerJson();
        json.token("<unk>");
        for (int b = 0; b < 256; b++) {
            json.token(String.format("<0x%02X>", b));
        }
        List<String> symbols = new ArrayList<>();
        text.replace(' ', '\u2581').codePoints().mapToObj(Character::toString).forEach(symbols::add);
        json.token("\u2581");
        symbols.forEach(json::token);
        json.learn(symbols, count);
        json.model.put("unk_token", "<unk>");
        json.model.put("fuse_unk", true);
        json.model.put("byte_fallback", true);
        return json;
    }

    private static char character(int b) {
        if (b >= '!' && b <= '~' || b >= 0xa1 && b != 0xad) {
            return (char) b;
        }
        return (char) (b <= ' ' ? 256 + b : b <= 0xa0 ? 256 + 33 + b - 127 : 256 + 67);
    }

    private void token(String token) {
        vocabulary.putIfAbsent(token, vocabulary.size());
    }

    private void learn(List<String> symbols, int count) {
        List<String> left = symbols;
        for (int i = 0; i < count; i++) {
            Map<List<String>, Integer> pairs = new HashMap<>();
            for (int at = 0; at + 1 < left.size(); at++) {
                boolean acrossWords =
                        left.get(at + 1).startsWith("\u2581") && !left.get(at).endsWith("\u2581")
                                || left.get(at + 1).startsWith("\u0120")
                                        && !left.get(at).endsWith("\u0120");
                if (!acrossWords) {
                    pairs.merge(List.of(left.get(at), left.get(at + 1)), 1, Integer::sum);
                }
            }
            List<String> best = pairs.entrySet().stream()
                    .max(Map.Entry.<List<String>, Integer>comparingByValue()
                            .thenComparing(entry -> String.join(" ", entry.getKey())))
                    .orElseThrow()
                    .getKey();
            merges.add(best);
            token(best.get(0) + best.get(1));
            List<String> next = new ArrayList<>();
            for (int at = 0; at < left.size(); at++) {
                boolean pair = at + 1 < left.size()
                        && left.get(at).equals(best.get(0))
                        && left.get(at + 1).equals(best.get(1));
                next.add(pair ? best.get(0) + best.get(1) : left.get(at));
                at += pair ? 1 : 0;
            }
            left = next;
        }
    }

    /** A merge that was not learned. */
    TokenizerJson merge(String left, String right) {
        token(left + right);
        merges.add(List.of(left, right));
        return this;
    }

    TokenizerJson ignoringMerges() {
        model.put("ignore_merges", true);
        return this;
    }

    /** A token that is found in a text as a whole; {@code how} names the properties that are true. */
    TokenizerJson added(String content, String... how) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("content", content);
        for (String name : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
            token.put(name, List.of(how).contains(name));
        }
        added.add(token);
        return this;
    }

    /** A part of the file, as JSON. */
    TokenizerJson with(String name, String json) {
        settings.put(name, JSON.readTree(json));
        return this;
    }

    byte[] bytes() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        for (String name :
                List.of("truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder")) {
            file.put(name, settings.get(name));
        }
        int next = vocabulary.size();
        for (Map<String, Object> token : added) {
            Integer known = vocabulary.get(String.valueOf(token.get("content")));
            token.put("id", known == null ? next++ : known);
        }
        file.put("added_tokens", added);
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("type", "BPE");
        whole.putAll(model);
        whole.put("vocab", vocabulary);
        whole.put(
                "merges",
                merges.stream()
                        .map(pair -> pair.stream().collect(Collectors.toList()))
                        .toList());
        file.put("model", whole);
        return JSON.writeValueAsBytes(file);
    }
}
