package org.mlxspring.autoconfigure.actuate;

import java.util.stream.Stream;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.data.domain.PageRequest;

/** How many runs wait and how many are worked on, on all instances together, as the database says now. */
record RunCounts(Runs runs) {
    private static final PageRequest ONLY_THE_TOTAL = PageRequest.of(0, 1);

    long queued() {
        return in(RunState.QUEUED);
    }

    long running() {
        return Stream.of(RunState.PREPARING, RunState.TRAINING, RunState.EVALUATING, RunState.FUSING)
                .mapToLong(this::in)
                .sum();
    }

    private long in(RunState state) {
        return runs.list(state, null, null, ONLY_THE_TOTAL).getTotalElements();
    }
}
