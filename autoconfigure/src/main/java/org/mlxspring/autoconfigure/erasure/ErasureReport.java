package org.mlxspring.autoconfigure.erasure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure did.
 *
 * @param versions dataset versions that held a row
 * @param places what was removed where, and what was found there in the end
 * @param runs runs on these versions
 * @param adapters adapters that learned from one of the rows
 */
public record ErasureReport(
        List<ErasedVersion> versions,
        List<ErasedPlace> places,
        List<AffectedRun> runs,
        List<AffectedAdapter> adapters) {

    /** Nothing was done yet. */
    public static final ErasureReport EMPTY = new ErasureReport(List.of(), List.of(), List.of(), List.of());

    public ErasureReport {
        versions = List.copyOf(versions);
        places = List.copyOf(places);
        runs = List.copyOf(runs);
        adapters = List.copyOf(adapters);
    }

    /**
     * A dataset version that held a row.
     *
     * @param dataset name of the dataset
     * @param version its number
     * @param rows how many rows it lost
     * @param formerHash its hash before
     * @param hash its hash since
     */
    public record ErasedVersion(String dataset, int version, int rows, String formerHash, String hash) {}

    /**
     * A place that may have held the rows, or something about them.
     *
     * @param place what it is
     * @param removed how many rows, stores, files or folders were removed or written anew
     * @param examined how many were looked at in the end; null before
     * @param left how many of these still held something of the rows: none, when the erasure is done; null before
     */
    public record ErasedPlace(
            String place,
            long removed,
            @Nullable Long examined,
            @Nullable Long left) {}

    /**
     * A run on a version that held a row.
     *
     * @param id the run
     * @param stopped whether it had to stop for the erasure
     * @param beginsAnew whether its checkpoints were removed, so that it begins anew when it is restarted
     * @param restarted whether it was restarted
     */
    public record AffectedRun(String id, boolean stopped, boolean beginsAnew, boolean restarted) {}

    /**
     * An adapter that learned from one of the rows.
     *
     * @param run the run that trained it
     * @param path its folder
     * @param model name of its base model
     * @param modelVersion the fused model of it; null where there is none
     * @param fusedModel folder of the fused model; null where there is none
     * @param withdrawn whether the fused model was taken out of serving
     * @param retrainedBy the run that trains it again; null where none does
     */
    public record AffectedAdapter(
            String run,
            String path,
            String model,
            @Nullable Integer modelVersion,
            @Nullable String fusedModel,
            boolean withdrawn,
            @Nullable String retrainedBy) {}

    ErasureReport withVersions(List<ErasedVersion> now) {
        return new ErasureReport(now, places, runs, adapters);
    }

    ErasureReport withPlaces(List<ErasedPlace> now) {
        return new ErasureReport(versions, now, runs, adapters);
    }

    ErasureReport withRuns(List<AffectedRun> now) {
        return new ErasureReport(versions, places, now, adapters);
    }

    ErasureReport withAdapters(List<AffectedAdapter> now) {
        return new ErasureReport(versions, places, runs, now);
    }
}
