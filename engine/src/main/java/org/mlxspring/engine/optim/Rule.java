package org.mlxspring.engine.optim;

import java.util.Map;
import org.mlxspring.engine.array.Array;

/** How one parameter changes in an update; {@link Optimizer} walks through the parameters and keeps the moments. */
sealed interface Rule permits Adam, Muon, Sgd, Adafactor {

    /**
     * The moments before the first update, by the names that mlx gives them.
     *
     * @param gradient the first gradient; moments take its type
     */
    Map<String, Array> start(Array gradient);

    /** How many of the moments are as large as the parameter. */
    int wholeMoments();

    /**
     * One update of one parameter; nothing is computed yet.
     *
     * @param moments those that {@link #start} or the update before gave
     */
    Updated update(Array parameter, Array gradient, Map<String, Array> moments, Step step);

    /**
     * What an update gives.
     *
     * @param value the parameter's new value
     * @param moments the new moments, under the same names as before
     */
    record Updated(Array value, Map<String, Array> moments) {}
}
