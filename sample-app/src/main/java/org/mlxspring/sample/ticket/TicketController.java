package org.mlxspring.sample.ticket;

import java.security.Principal;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The desk's own page: its tickets, some at a time. */
@RestController
class TicketController {

    private static final int PER_PAGE = 50;

    private final Tickets tickets;

    TicketController(Tickets tickets) {
        this.tickets = tickets;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String list(@RequestParam(defaultValue = "1") int page, Principal user, CsrfToken csrf) {
        int pages = Math.max(1, (tickets.count() + PER_PAGE - 1) / PER_PAGE);
        int shown = Math.clamp(page, 1, pages);
        return new TicketPage(tickets.some((shown - 1) * PER_PAGE, PER_PAGE), shown, pages, user.getName(), csrf)
                .html();
    }
}
