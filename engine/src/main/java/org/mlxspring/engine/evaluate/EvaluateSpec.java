package org.mlxspring.engine.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowFile;

/**
 * Judges a base model and adapters of it on one file of rows.
 *
 * @param model folder of the base model
 * @param contenders who is judged, in this order
 * @param rows the rows
 * @param lossMask which tokens of a row the loss counts
 * @param batchSize rows per batch
 * @param maxSeqLength tokens after which a row is cut
 * @param generate at most this many rows are answered by generation and compared with their completion; 0 for
 *     the loss alone
 * @param maxTokens longest generated answer in tokens
 * @param predictions file that receives one JSON line per answered row ({@code row}, {@code expected}, and {@code
 *     answers} and {@code scores} by contender); it holds text of rows, sealed where it has a key
 * @param answering how rows are answered
 */
public record EvaluateSpec(
        Path model,
        List<Contender> contenders,
        RowFile rows,
        LossMask lossMask,
        int batchSize,
        int maxSeqLength,
        int generate,
        int maxTokens,
        Optional<RowFile> predictions,
        AnswerSettings answering) {

    public EvaluateSpec {
        contenders = List.copyOf(contenders);
    }

    /** Plain files of rows and answers; answers with the most likely tokens. */
    public EvaluateSpec(
            Path model,
            List<Contender> contenders,
            Path rows,
            LossMask lossMask,
            int batchSize,
            int maxSeqLength,
            int generate,
            int maxTokens,
            Optional<Path> predictions) {
        this(
                model,
                contenders,
                RowFile.plain(rows),
                lossMask,
                batchSize,
                maxSeqLength,
                generate,
                maxTokens,
                predictions.map(RowFile::plain),
                AnswerSettings.DEFAULT);
    }

    /**
     * One side of the comparison.
     *
     * @param name {@code base}, {@code champion}, {@code candidate}
     * @param adapter its adapter folder; empty for the base model itself
     */
    public record Contender(String name, Optional<Path> adapter) {}
}
