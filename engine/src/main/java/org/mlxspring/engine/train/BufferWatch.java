package org.mlxspring.engine.train;

import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Says when a run comes near to the number of buffers that a device can have at once, which ends a process on Metal however
 * much memory is left. It says so once.
 *
 * @see org.mlxspring.engine.array.Mlx#bufferLimit
 */
final class BufferWatch {

    private static final double NEAR = 0.8;

    private final OptionalLong limit;
    private final Consumer<TrainEvent> listener;
    private boolean said;

    BufferWatch(OptionalLong limit, Consumer<TrainEvent> listener) {
        this.limit = limit;
        this.listener = listener;
    }

    /**
     * @param live arrays that are alive
     */
    void look(long live) {
        if (said || limit.isEmpty() || live < NEAR * limit.getAsLong()) {
            return;
        }
        said = true;
        listener.accept(new TrainEvent.Notice(
                "The run holds " + live + " arrays; this device ends a process that has " + limit.getAsLong()
                        + ". Train fewer layers (num_layers), or name fewer modules in lora_parameters.keys."));
    }
}
