package org.mlxspring.sample.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the tickets of the sample application or the general tickets its base model is trained on. From the root:
 *
 * <pre>{@code
 * G=sample-app/src/test/java/org/mlxspring/sample/generator/GenerateTickets.java
 * java $G company sample-app/src/main/resources/tickets.jsonl
 * java $G general FOLDER
 * }</pre>
 */
public final class GenerateTickets {

    static final int COMPANY_TICKETS = 600;
    static final long COMPANY_SEED = 20260105;
    static final int GENERAL_TICKETS = 6000;
    static final int GENERAL_VALID_TICKETS = 200;
    static final long GENERAL_SEED = 7;

    private GenerateTickets() {}

    /**
     * @param arguments {@code company FILE}, or {@code general FOLDER} for {@code train.jsonl} and {@code valid.jsonl}
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("company")) {
            save(Path.of(arguments[1]), company().stream().map(GeneratedTicket::line));
        } else if (arguments.length == 2 && arguments[0].equals("general")) {
            Path folder = Files.createDirectories(Path.of(arguments[1]));
            List<GeneratedTicket> tickets = general();
            save(folder.resolve("train.jsonl"), rows(tickets.subList(GENERAL_VALID_TICKETS, tickets.size())));
            save(folder.resolve("valid.jsonl"), rows(tickets.subList(0, GENERAL_VALID_TICKETS)));
        } else {
            System.err.println("usage: GenerateTickets company FILE | general FOLDER");
            System.exit(2);
        }
    }

    static List<GeneratedTicket> company() {
        return new TicketWriter(Desk.COMPANY, COMPANY_SEED).write(COMPANY_TICKETS);
    }

    static List<GeneratedTicket> general() {
        return new TicketWriter(Desk.GENERAL, GENERAL_SEED).write(GENERAL_TICKETS);
    }

    private static Stream<String> rows(List<GeneratedTicket> tickets) {
        return tickets.stream().map(GeneratedTicket::chatRow);
    }

    private static void save(Path file, Stream<String> lines) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, String.join("\n", lines.toList()) + "\n");
        Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
