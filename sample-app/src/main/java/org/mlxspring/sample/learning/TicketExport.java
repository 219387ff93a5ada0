package org.mlxspring.sample.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.dataset.DatasetVersionView;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.sample.ticket.Ticket;
import org.mlxspring.sample.ticket.Tickets;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the answered tickets a dataset version: the ticket is what the user says, the answer as JSON what the assistant
 * says. The starter keeps 10 % each for validation and test, always the same rows.
 */
@Component
class TicketExport {

    /** The dataset's name, as in {@code mlx.schedules.nightly.dataset}. */
    static final String DATASET = "tickets";

    private final Tickets tickets;
    private final Datasets datasets;
    private final JsonMapper json;

    TicketExport(Tickets tickets, Datasets datasets, JsonMapper json) {
        this.tickets = tickets;
        this.datasets = datasets;
        this.json = json;
    }

    /** Shortly before the nightly run, so that it learns from the day's tickets. */
    @Scheduled(cron = "${desk.export}")
    void beforeTheNight() {
        export("service-desk");
    }

    /** The version with all tickets of now; the existing one if nothing has changed since. */
    DatasetVersionView export(String by) {
        return datasets.create(DATASET, tickets.all().stream().map(this::row).toList(), by);
    }

    private Map<String, Object> row(Ticket ticket) {
        return Map.of(
                "messages",
                List.of(
                        message("user", ticket.subject() + "\n" + ticket.text()),
                        message("assistant", json.writeValueAsString(ticket.answer()))));
    }

    /** In a fixed order: another order would be another row, and the same tickets another version. */
    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
