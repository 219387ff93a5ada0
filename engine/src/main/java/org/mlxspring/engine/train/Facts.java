package org.mlxspring.engine.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.json.JsonMapper;

/** What the processes of a group must have in common, as numbers, so that a misfit is seen before it is trained on. */
final class Facts {

    private Facts() {}

    /**
     * @param splits the rows that are trained on, and those that are judged
     */
    static Map<String, Long> of(
            TrainSpec spec, LanguageModel model, Map<String, Parameter> trained, List<TokenizedRows> splits) {
        Map<String, Long> facts = new LinkedHashMap<>();
        facts.put("the checksum of the settings", checksum(spec));
        facts.put("the number of weights of the model", model.size());
        facts.put("the number of trained tensors", (long) trained.size());
        facts.put("the number of splits", (long) splits.size());
        facts.put(
                "the number of rows",
                splits.stream().mapToLong(TokenizedRows::size).sum());
        facts.put(
                "the number of tokens of the rows",
                splits.stream().mapToLong(Facts::tokens).sum());
        facts.put(
                "the iteration of the last checkpoint",
                spec.resume()
                        ? Checkpoint.last(spec.adapterPath())
                                .map(Checkpoint::iteration)
                                .orElse(0)
                        : 0L);
        return facts;
    }

    private static long tokens(TokenizedRows rows) {
        return IntStream.range(0, rows.size()).mapToLong(rows::length).sum();
    }

    /** Of what decides about the numbers; folders may have other names on other machines. */
    private static long checksum(TrainSpec spec) {
        Map<String, Object> settings = new TreeMap<>(spec.settings().toMap());
        settings.remove("processes");
        CRC32 checksum = new CRC32();
        checksum.update(new JsonMapper().writeValueAsBytes(settings));
        return checksum.getValue();
    }
}
