package org.mlxspring.sample.generator;

import java.util.List;

/** The desk of the sample application, with the company's own codes and the names of its places and programs. */
record CompanyDesk() implements Desk {

    private static final List<String> PRIORITIES = List.of("A", "B", "C", "D");

    @Override
    public Answer answer(Situation situation) {
        return new Answer(
                situation.topic().companyQueue(),
                PRIORITIES.get(situation.level()),
                step(situation, situation.level()));
    }

    private static String step(Situation situation, int level) {
        return switch (situation.kind()) {
            case REQUEST -> "ask approver";
            case QUESTION -> "send guide";
            case INCIDENT -> {
                if (situation.topic() == Topic.SECURITY) {
                    yield "isolate device";
                }
                yield level == 0 ? "open bridge" : routine(situation.topic());
            }
        };
    }

    private static String routine(Topic topic) {
        return switch (topic) {
            case COMPUTER, PRINTER, PHONE, BUILDING -> "desk visit";
            case PASSWORD -> "verify caller";
            default -> "remote session";
        };
    }

    @Override
    public List<String> words(String slot) {
        return switch (slot) {
            case "site" -> List.of("Leith", "Aberdeen", "Bergen", "Dock 4", "Rosyth", "Hull");
            case "team" -> List.of("chandlery", "freight", "rigging", "survey", "charter", "tank cleaning");
            case "person" ->
                List.of("Ailsa", "Bram", "Catriona", "Eilidh", "Fergus", "Ingrid", "Magnus", "Morven", "Oskar", "Rory");
            case "orders" -> List.of("Kestrel");
            case "expenses" -> List.of("Tallyman");
            case "staff" -> List.of("Muster");
            default -> Phrases.words(slot);
        };
    }
}
