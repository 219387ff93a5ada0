package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.erasure.Erasures;

/** Rows whose time is over: they are erased, with all that an erasure does. */
final class OldRows implements CleanUpPart {

    private final Retention retention;
    private final RowErasure rows;
    private final Erasures erasures;

    OldRows(Retention retention, RowErasure rows, Erasures erasures) {
        this.retention = retention;
        this.rows = rows;
        this.erasures = erasures;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        List<Removed> removed = new ArrayList<>();
        rows.datasets().forEach((name, dataset) -> {
            Optional<Duration> age = retention.rowsFor(dataset);
            if (age.isPresent()) {
                long count = dry
                        ? rows.countAddedBefore(dataset, now.minus(age.get()))
                        : erase(id, name, dataset, now, age.get());
                removed.add(new Removed("rows of dataset " + name, count, 0));
            }
        });
        return removed;
    }

    private long erase(long id, String name, long dataset, Instant now, Duration age) {
        long count = 0;
        long after = 0;
        List<Long> next = rows.addedBefore(dataset, now.minus(age), after, Erasures.MOST_ROWS);
        while (!next.isEmpty()) {
            erasures.expire(name, next, "Kept for " + age.toDays() + " days and more.", "clean-up " + id);
            count += next.size();
            after = next.getLast();
            next = rows.addedBefore(dataset, now.minus(age), after, Erasures.MOST_ROWS);
        }
        return count;
    }
}
