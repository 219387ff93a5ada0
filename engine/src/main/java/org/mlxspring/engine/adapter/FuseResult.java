package org.mlxspring.engine.adapter;

import java.util.List;

/**
 * What fusing made.
 *
 * @param files names of the files in the new folder
 * @param checks how far the results are from base and adapter; empty if there were no rows to check them with
 */
public record FuseResult(List<String> files, List<CheckReport> checks) {}
