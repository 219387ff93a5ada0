package org.mlxspring.autoconfigure.lineage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that holds a row, or was made from one that does; without its text.
 *
 * @param dataset name of its dataset
 * @param row its id
 * @param split the split that it is in
 * @param addedAt when it was added; null once it is erased
 * @param source the import that it came with; null once it is erased
 * @param erasure its erasure; null while it is there
 * @param versions numbers of the dataset versions that hold it, or held it before its erasure
 * @param tokenStores the token stores of these versions
 * @param runs the runs on these versions, without those that began after its erasure, the newest first
 * @param modelVersions the fused models of these runs, the newest first
 */
public record RowLineage(
        String dataset,
        long row,
        String split,
        @Nullable Instant addedAt,
        @Nullable ImportUse source,
        @Nullable RowErased erasure,
        List<Integer> versions,
        List<TokenStoreUse> tokenStores,
        List<RunUse> runs,
        List<ModelVersionUse> modelVersions) {

    public RowLineage {
        versions = List.copyOf(versions);
        tokenStores = List.copyOf(tokenStores);
        runs = List.copyOf(runs);
        modelVersions = List.copyOf(modelVersions);
    }

    /**
     * @param id the erasure
     * @param at when the row was erased; null while it is about to be
     */
    public record RowErased(long id, @Nullable Instant at) {}

    /**
     * @param version number of the dataset version
     * @param path folder of the store
     */
    public record TokenStoreUse(int version, String path) {}

    /**
     * @param id the run
     * @param job which part of the pipeline it went through
     * @param state where it is
     * @param version number of the dataset version that it works on
     * @param adapter folder of its adapter; null where it trained none
     */
    public record RunUse(
            String id,
            String job,
            String state,
            int version,
            @Nullable String adapter) {}
}
