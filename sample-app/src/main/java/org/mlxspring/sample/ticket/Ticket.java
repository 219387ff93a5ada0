package org.mlxspring.sample.ticket;

/**
 * A ticket that the desk has answered.
 *
 * @param id its number
 * @param requester number of whoever wrote it
 * @param subject the subject line
 * @param text what somebody wrote
 * @param answer what the desk made of it
 */
public record Ticket(long id, String requester, String subject, String text, Answer answer) {}
