package org.mlxspring.hosts.busy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.mlxspring.autoconfigure.source.Imports;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@SpringBootApplication
class BusyApplication {

    /** Counts the executions of the job that Boot runs at start. */
    static final AtomicInteger REPORTS = new AtomicInteger();

    record TicketView(String subjectLine) {}

    @RestController
    static class TicketController {
        @GetMapping("/ticket")
        TicketView ticket() {
            return new TicketView("printer");
        }

        @GetMapping("/broken")
        TicketView broken() {
            throw new IllegalStateException("broken");
        }
    }

    @RestControllerAdvice
    static class HostErrors {
        @ExceptionHandler
        ResponseEntity<String> anything(RuntimeException e) {
            return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body("the host's own words");
        }
    }

    @Service
    static class Desk {
        private final TicketRepository tickets;
        private final ObjectProvider<Imports> imports;

        Desk(TicketRepository tickets, ObjectProvider<Imports> imports) {
            this.tickets = tickets;
            this.imports = imports;
        }

        /** Exports inside a transaction of the host that is rolled back. */
        @Transactional
        public void exportAndFail() throws IOException, InterruptedException {
            tickets.saveAndFlush(new Ticket("lost"));
            Imports sources = Objects.requireNonNull(imports.getIfAvailable());
            List<Map<String, String>> rows = tickets.findAll().stream()
                    .flatMap(ticket -> IntStream.range(0, 9)
                            .mapToObj(i -> Map.of("prompt", ticket.subjectLine() + i, "completion", "x")))
                    .toList();
            sources.await(sources.replace("exported", rows, Map.of(), "desk").id(), Duration.ofMinutes(1));
            throw new IllegalStateException("the host changed its mind");
        }
    }
}
