package org.mlxspring.sample.ticket;

/**
 * How the desk answers a ticket.
 *
 * @param queue code of the queue that takes it, such as {@code NET-1}
 * @param priority A (at once) to D (when there is time)
 * @param next the next step, such as {@code remote session}
 */
public record Answer(String queue, String priority, String next) {}
