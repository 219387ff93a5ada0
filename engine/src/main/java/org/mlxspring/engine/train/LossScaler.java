package org.mlxspring.engine.train;

/** The loss scale of a run as it goes: halved by an overflow, doubled by many iterations without. */
final class LossScaler {

    private static final int DOUBLED_AFTER = 200;
    private static final double MOST = 1 << 24;

    /**
     * What a checkpoint keeps of it.
     *
     * @param value the scale
     * @param good iterations without an overflow since it last changed
     */
    record State(double value, int good) {}

    private final boolean dynamic;
    private State state;

    LossScaler(LossScale setting) {
        this.dynamic = setting.dynamic();
        this.state = new State(setting.initial(), 0);
    }

    boolean dynamic() {
        return dynamic;
    }

    double value() {
        return state.value();
    }

    State state() {
        return state;
    }

    void restore(State saved) {
        state = saved;
    }

    /**
     * Takes note of gradients that are not finite.
     *
     * @return whether a smaller scale can help; otherwise they are not finite whatever the scale
     */
    boolean lowerAfterOverflow() {
        if (!dynamic || state.value() <= 1) {
            return false;
        }
        state = new State(state.value() / 2, 0);
        return true;
    }

    /** Takes note of gradients that are finite. */
    void raiseAfterMany() {
        int good = state.good() + 1;
        boolean raise = dynamic && good >= DOUBLED_AFTER && state.value() < MOST;
        state = raise ? new State(state.value() * 2, 0) : new State(state.value(), good);
    }
}
