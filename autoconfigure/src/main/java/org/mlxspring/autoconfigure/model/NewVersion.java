package org.mlxspring.autoconfigure.model;

import java.nio.file.Path;

/**
 * A fused model that becomes a version and the champion.
 *
 * @param model name of its base model
 * @param run the run that made it
 * @param path its folder
 * @param adapter folder of the adapter in it
 * @param loss mean loss per token on the test split
 * @param exactMatch share of exact answers in [0, 1]
 */
public record NewVersion(String model, String run, Path path, Path adapter, double loss, double exactMatch) {}
