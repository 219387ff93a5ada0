package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mlxspring.engine.data.DataFolder;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.NumberedRow;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowReader;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.text.Tokenizer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Rows that the adapter was not trained on, tokenized as its training would have done it.
 *
 * @param file where they are from
 * @param rows at least one of them has a target
 */
record HeldOutRows(Path file, List<TokenizedRow> rows) {

    private static final int USUAL_LENGTH = 2048;

    /**
     * The first rows of {@code valid.jsonl}, or else of {@code test.jsonl}; empty if none was named and the folder of the
     * training is no longer there, or has neither.
     *
     * @param model folder whose tokenizer is used
     * @throws AdapterException if a folder was named and has no rows
     */
    static Optional<HeldOutRows> find(CheckSpec check, Path adapter, Path model) {
        JsonNode settings = settings(adapter);
        Optional<Path> folder = check.data().or(() -> usual(settings));
        Optional<HeldOutRows> found = folder.flatMap(HeldOutRows::file).map(file -> read(file, check, settings, model));
        if (check.data().isPresent() && found.filter(HeldOutRows::haveTargets).isEmpty()) {
            throw new AdapterException(check.data().get() + " has no rows to check the result with;"
                    + " it must hold valid.jsonl or test.jsonl with rows as for training.");
        }
        return found.filter(HeldOutRows::haveTargets);
    }

    private static Optional<Path> usual(JsonNode settings) {
        return Optional.of(settings.path("data").asString(""))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .filter(Files::isDirectory);
    }

    private static Optional<Path> file(Path folder) {
        DataFolder data = new DataFolder(folder);
        return Stream.of(Split.VALID, Split.TEST).filter(data::has).findFirst().map(data::file);
    }

    private static JsonNode settings(Path adapter) {
        Path file = adapter.resolve("adapter_config.json");
        try {
            return Files.isRegularFile(file)
                    ? new JsonMapper().readTree(Files.readString(file))
                    : MissingNode.getInstance();
        } catch (IOException | JacksonException e) {
            throw new AdapterException(file + " cannot be read as JSON.", e);
        }
    }

    private static HeldOutRows read(Path file, CheckSpec check, JsonNode settings, Path model) {
        LossMask mask = settings.path("mask_prompt").asBoolean(false)
                ? LossMask.PROMPT
                : LossMask.of(settings.path("loss_mask").asString(LossMask.ROW.settingName()));
        boolean preferences = !settings.path("train_mode").asString("sft").equals("sft");
        int longest = settings.path("max_seq_length").asInt(USUAL_LENGTH);
        List<TokenizedRow> rows = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizer.load(model);
                RowReader reader = preferences
                        ? RowReader.ofPreferences(new RowFile(file, check.key()), RowKeys.standard())
                        : RowReader.open(new RowFile(file, check.key()), RowKeys.standard(), mask)) {
            RowTokenizer rowTokenizer =
                    preferences ? RowTokenizer.ofPreferences(tokenizer) : new RowTokenizer(tokenizer, mask);
            Optional<NumberedRow> row = reader.read();
            while (row.isPresent() && rows.size() < check.rows()) {
                rowTokenizer.tokenize(row.get()).stream()
                        .limit(1)
                        .map(tokens -> cut(tokens, longest))
                        .forEach(rows::add);
                row = reader.read();
            }
        }
        return new HeldOutRows(file, rows);
    }

    /** As a training cuts rows that are too long. */
    private static TokenizedRow cut(TokenizedRow row, int longest) {
        if (row.tokens().length <= longest) {
            return row;
        }
        int[] targets = Arrays.stream(row.targets())
                .map(place -> Math.min(place, longest))
                .toArray();
        return new TokenizedRow(Arrays.copyOf(row.tokens(), longest), targets);
    }

    private boolean haveTargets() {
        return rows.stream().anyMatch(row -> targets(row).length > 0);
    }

    /** The places in a row, from 0, after which a target is predicted. */
    static int[] targets(TokenizedRow row) {
        int[] spans = row.targets();
        return IntStream.range(0, spans.length / 2)
                .flatMap(span -> IntStream.range(spans[2 * span], spans[2 * span + 1]))
                .map(token -> token - 1)
                .toArray();
    }
}
