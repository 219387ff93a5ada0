package org.mlxspring.sample.ticket;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * One page of tickets as HTML.
 *
 * @param tickets the tickets on it
 * @param page its number, from 1
 * @param pages how many there are
 * @param user who is signed in
 * @param csrf what the sign-out button has to send
 */
record TicketPage(List<Ticket> tickets, int page, int pages, String user, CsrfToken csrf) {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Service desk</title>
            <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { margin: 0 auto; max-width: 72rem; padding: 1rem; }
            header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline; }
            h1 { font-size: 1.4rem; margin: 0; flex: 1; }
            form { display: inline; }
            table { border-collapse: collapse; width: 100%%; margin: 1rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8885; }
            td.code, th.code { white-space: nowrap; }
            </style>
            </head>
            <body>
            <header>
            <h1>Service desk</h1>
            <a href="/mlx">Fine-tuning</a>
            <span>%s</span>
            <form method="post" action="/logout">
            <input type="hidden" name="%s" value="%s"><button>Sign out</button>
            </form>
            </header>
            <table>
            <thead><tr><th>No.</th><th>Ticket</th><th class="code">Queue</th><th class="code">Priority</th>
            <th>Next step</th></tr></thead>
            <tbody>
            %s
            </tbody>
            </table>
            <nav>%s</nav>
            </body>
            </html>
            """;

    private static final String ROW = """
            <tr><td>%d</td><td><strong>%s</strong><br>%s</td><td class="code">%s</td><td class="code">%s</td>\
            <td>%s</td></tr>""";

    String html() {
        String rows = tickets.stream().map(TicketPage::row).collect(Collectors.joining("\n"));
        return PAGE.formatted(
                htmlEscape(user), htmlEscape(csrf.getParameterName()), htmlEscape(csrf.getToken()), rows, pager());
    }

    private static String row(Ticket ticket) {
        Answer answer = ticket.answer();
        return ROW.formatted(
                ticket.id(),
                htmlEscape(ticket.subject()),
                htmlEscape(ticket.text()),
                htmlEscape(answer.queue()),
                htmlEscape(answer.priority()),
                htmlEscape(answer.next()));
    }

    private String pager() {
        String back = page > 1 ? "<a href=\"/?page=%d\">Previous</a> ".formatted(page - 1) : "";
        String on = page < pages ? " <a href=\"/?page=%d\">Next</a>".formatted(page + 1) : "";
        return back + "Page %d of %d".formatted(page, pages) + on;
    }
}
