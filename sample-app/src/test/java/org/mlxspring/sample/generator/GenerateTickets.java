package org.mlxspring.sample.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    private static final int COMPANY_TICKETS = 600;
    private static final long COMPANY_SEED = 20260105;
    private static final int GENERAL_TICKETS = 8192;
    private static final int VALID_TICKETS = 192;
    private static final long GENERAL_SEED = 7;

    private GenerateTickets() {}

    /**
     * @param arguments {@code company FILE}, or {@code general FOLDER} for {@code train.jsonl} and {@code valid.jsonl}
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("company")) {
            save(
                    Path.of(arguments[1]),
                    company().stream().map(GeneratedTicket::line).toList());
        } else if (arguments.length == 2 && arguments[0].equals("general")) {
            Path folder = Files.createDirectories(Path.of(arguments[1]));
            List<String> rows = general().stream().map(GeneratedTicket::chatRow).toList();
            save(folder.resolve("valid.jsonl"), rows.subList(0, VALID_TICKETS));
            save(folder.resolve("train.jsonl"), rows.subList(VALID_TICKETS, rows.size()));
        } else {
            System.err.println("usage: GenerateTickets company FILE | general FOLDER");
            System.exit(2);
        }
    }

    /** The 600 tickets that the sample application ships. */
    static List<GeneratedTicket> company() {
        return new TicketWriter(new CompanyDesk(), COMPANY_SEED).write(COMPANY_TICKETS);
    }

    /** The tickets that the base model is trained on; none has the text of a ticket that the application ships. */
    static List<GeneratedTicket> general() {
        Set<String> shipped = company().stream().map(GeneratedTicket::text).collect(Collectors.toSet());
        return new TicketWriter(new PlainDesk(), GENERAL_SEED)
                .write(GENERAL_TICKETS).stream()
                        .filter(ticket -> !shipped.contains(ticket.text()))
                        .toList();
    }

    private static void save(Path file, List<String> lines) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, String.join("\n", lines) + "\n");
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
