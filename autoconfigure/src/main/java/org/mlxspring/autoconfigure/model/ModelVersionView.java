package org.mlxspring.autoconfigure.model;

import java.time.Instant;

/**
 * A fused model.
 *
 * @param version its number, from 1
 * @param run the run that made it
 * @param path its folder
 * @param loss mean loss per token on the test split, when it was judged
 * @param exactMatch share of exact answers in [0, 1], when it was judged
 * @param since when it became a version of its model
 */
public record ModelVersionView(int version, String run, String path, double loss, double exactMatch, Instant since) {}
