package org.mlxspring.autoconfigure.prepare;

import java.nio.file.Path;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.train.TrainMode;

/**
 * What is to be tokenized, and how.
 *
 * @param version the rows
 * @param model folder whose tokenizer and chat template are used
 * @param lossMask what of a row is learned
 * @param trainMode what the rows are for
 * @param maxSeqLength tokens after which a row will be cut
 * @param reader who has them read, for the audit log
 */
public record Preparation(
        DatasetVersion version, Path model, LossMask lossMask, TrainMode trainMode, int maxSeqLength, Reader reader) {}
