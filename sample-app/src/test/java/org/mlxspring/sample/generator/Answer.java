package org.mlxspring.sample.generator;

/**
 * How a desk answers a ticket.
 *
 * @param queue the queue that takes it
 * @param priority how soon
 * @param next the next step
 */
record Answer(String queue, String priority, String next) {

    /** The answer as the model has to write it: one line, keys in this order, no spaces outside strings. */
    String json() {
        return "{\"queue\":\"%s\",\"priority\":\"%s\",\"next\":\"%s\"}".formatted(queue, priority, next);
    }
}
