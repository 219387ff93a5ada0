package org.mlxspring.autoconfigure.check;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.model.BaseModels;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.TokenizerException;

/**
 * How rows are measured: by the tokenizer of the model that the properties name, or in characters.
 *
 * @param measure measures them
 * @param tokenizer what has to be closed; empty where rows are measured in characters
 * @param model name of the model; empty where there is none
 * @param missing why there is no model; empty where there is one
 */
record ModelMeasure(RowMeasure measure, Optional<Tokenizer> tokenizer, Optional<String> model, Optional<String> missing)
        implements AutoCloseable {

    /** Loads the tokenizer, where one is named that can be used. */
    static ModelMeasure of(CheckProperties properties, BaseModels models) {
        Map<String, Path> paths = models.paths();
        String wanted = properties.model();
        if (wanted == null && paths.size() != 1) {
            return without((paths.isEmpty() ? "There is no base model" : "There are several base models")
                    + "; name one of mlx.models in mlx.datasets.checks.model.");
        }
        String name = wanted == null ? paths.keySet().iterator().next() : wanted;
        Path folder = paths.get(name);
        if (folder == null) {
            return without("mlx.datasets.checks.model is '" + name + "', which mlx.models does not have.");
        }
        try {
            Tokenizer tokenizer = Tokenizer.load(folder);
            return new ModelMeasure(
                    new TokenLimit(tokenizer, properties.maxSeqLength()),
                    Optional.of(tokenizer),
                    Optional.of(name),
                    Optional.empty());
        } catch (TokenizerException e) {
            return without("The tokenizer of base model '" + name + "' cannot be used. " + e.getMessage());
        }
    }

    private static ModelMeasure without(String reason) {
        return new ModelMeasure(RowMeasure.inCharacters(), Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    @Override
    public void close() {
        tokenizer.ifPresent(Tokenizer::close);
    }
}
