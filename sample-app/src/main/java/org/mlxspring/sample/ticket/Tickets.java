package org.mlxspring.sample.ticket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of tickets and answers. */
@Repository
public class Tickets {

    private static final String SELECT = """
            select t.id, t.requester, t.subject, t.text, a.queue, a.priority, a.next_step
            from tickets t join answers a on a.ticket_id = t.id
            order by t.id
            """;

    private final JdbcClient jdbc;

    Tickets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many tickets are answered. */
    public int count() {
        return jdbc.sql("select count(*) from answers").query(Integer.class).single();
    }

    /**
     * Some of the answered tickets by number.
     *
     * @param offset how many to leave out
     * @param limit how many to give at most
     */
    public List<Ticket> some(int offset, int limit) {
        return jdbc.sql(SELECT + "offset :offset rows fetch next :limit rows only")
                .param("offset", offset)
                .param("limit", limit)
                .query(Tickets::ticket)
                .list();
    }

    /** Adds tickets with their answers, all or none. */
    @Transactional
    public void add(Iterable<Ticket> tickets) {
        for (Ticket ticket : tickets) {
            jdbc.sql("insert into tickets (id, requester, subject, text) values (?, ?, ?, ?)")
                    .params(ticket.id(), ticket.requester(), ticket.subject(), ticket.text())
                    .update();
            Answer answer = ticket.answer();
            jdbc.sql("insert into answers (ticket_id, queue, priority, next_step) values (?, ?, ?, ?)")
                    .params(ticket.id(), answer.queue(), answer.priority(), answer.next())
                    .update();
        }
    }

    private static Ticket ticket(ResultSet row, int number) throws SQLException {
        return new Ticket(
                row.getLong("id"),
                row.getString("requester"),
                row.getString("subject"),
                row.getString("text"),
                new Answer(row.getString("queue"), row.getString("priority"), row.getString("next_step")));
    }
}
