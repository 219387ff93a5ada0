package org.mlxspring.sample.generator;

/**
 * One ticket with the desk's answer.
 *
 * @param id counts from 1
 * @param subject the subject line
 * @param text the body
 * @param answer the desk's answer
 */
record GeneratedTicket(int id, String subject, String text, Answer answer) {

    /** The number of whoever wrote it, one of 150; spread over the tickets without a pattern to see. */
    String requester() {
        return "E" + (1001 + id * 7919 % 150);
    }

    /** The ticket as one line of {@code tickets.jsonl}. The words hold nothing that JSON would escape. */
    String line() {
        return "{\"id\":%d,\"requester\":\"%s\",\"subject\":\"%s\",\"text\":\"%s\",\"answer\":%s}"
                .formatted(id, requester(), subject, text, answer.json());
    }

    /** The ticket as one chat row, as the base model is trained on. */
    String chatRow() {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\\n%s\"},{\"role\":\"assistant\",\"content\":\"%s\"}]}"
                .formatted(subject, text, answer.json().replace("\"", "\\\""));
    }
}
