package org.mlxspring.sample.ticket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** The tickets that the application comes with: {@code tickets.jsonl}, one JSON object per line. */
@Component
public class TicketFile {

    private final JsonMapper json;

    TicketFile(JsonMapper json) {
        this.json = json;
    }

    /** All of them, in the order of the file. */
    public List<Ticket> read() {
        try (InputStream in = new ClassPathResource("tickets.jsonl").getInputStream();
                MappingIterator<Ticket> tickets = json.readerFor(Ticket.class).readValues(in)) {
            return tickets.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("The file tickets.jsonl of this application could not be read.", e);
        }
    }
}
