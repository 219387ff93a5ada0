package org.mlxspring.sample.generator;

import static org.mlxspring.sample.generator.Situation.Kind.INCIDENT;
import static org.mlxspring.sample.generator.Situation.Scope.ONE;
import static org.mlxspring.sample.generator.Situation.Scope.SITE;

import java.util.List;

/** A service desk: the names its tickets mention and the rule by which it answers them. */
enum Desk {
    /** The desk of the sample application, with the company's own codes. */
    COMPANY(
            List.of("Leith", "Aberdeen", "Bergen", "Dock 4", "Rosyth", "Hull"),
            List.of("chandlery", "freight", "rigging", "survey", "charter", "tank cleaning"),
            List.of("Ailsa", "Bram", "Catriona", "Eilidh", "Fergus", "Ingrid", "Magnus", "Morven", "Oskar", "Rory"),
            List.of("Kestrel"),
            List.of("Tallyman"),
            List.of("Muster")) {
        @Override
        Answer answer(Situation situation) {
            String priority = companyPriority(situation);
            return new Answer(situation.topic().companyQueue(), priority, companyStep(situation, priority));
        }
    },

    /** Any other desk, in plain words. Its tickets train the base model. */
    GENERAL(
            List.of("Bristol", "Cardiff", "Dublin", "the main office", "building 2", "York", "Antwerp", "Kiel", "Lyon"),
            List.of("sales", "marketing", "legal", "support", "design", "planning", "quality", "research", "purchasing"),
            List.of("Anna", "Ben", "Chloe", "David", "Emma", "Frank", "Grace", "Henry", "Julia", "Karim", "Lena", "Tom"),
            List.of("the order system", "the ERP", "the stock system"),
            List.of("the expense tool", "the invoice tool"),
            List.of("the time sheet", "the staff portal")) {
        @Override
        Answer answer(Situation situation) {
            return new Answer(situation.topic().generalQueue(), generalPriority(situation), generalStep(situation));
        }
    };

    private final List<String> sites;
    private final List<String> teams;
    private final List<String> people;
    private final List<String> orderSystems;
    private final List<String> expenseSystems;
    private final List<String> staffSystems;

    Desk(
            List<String> sites,
            List<String> teams,
            List<String> people,
            List<String> orderSystems,
            List<String> expenseSystems,
            List<String> staffSystems) {
        this.sites = sites;
        this.teams = teams;
        this.people = people;
        this.orderSystems = orderSystems;
        this.expenseSystems = expenseSystems;
        this.staffSystems = staffSystems;
    }

    abstract Answer answer(Situation situation);

    /** The words that may stand for a slot of a phrase, such as {@code {site}}. */
    List<String> words(String slot) {
        return switch (slot) {
            case "site" -> sites;
            case "team" -> teams;
            case "person" -> people;
            case "orders" -> orderSystems;
            case "expenses" -> expenseSystems;
            case "staff" -> staffSystems;
            case "when" -> Phrases.TIMES;
            case "device" -> Phrases.DEVICES;
            default -> throw new IllegalArgumentException("no words for the slot {" + slot + "}");
        };
    }

    private static String companyPriority(Situation situation) {
        if (situation.topic() == Topic.SECURITY) {
            return "A";
        }
        if (situation.kind() != INCIDENT) {
            return situation.dated() ? "C" : "D";
        }
        if (situation.stopped()) {
            return situation.scope() == SITE ? "A" : "B";
        }
        return situation.scope() == SITE ? "B" : "C";
    }

    private static String companyStep(Situation situation, String priority) {
        return switch (situation.kind()) {
            case REQUEST -> "ask approver";
            case QUESTION -> "send guide";
            case INCIDENT -> {
                if (situation.topic() == Topic.SECURITY) {
                    yield "isolate device";
                }
                if (priority.equals("A")) {
                    yield "open bridge";
                }
                yield switch (situation.topic()) {
                    case COMPUTER, PRINTER, PHONE, BUILDING -> "desk visit";
                    case PASSWORD -> "verify caller";
                    default -> "remote session";
                };
            }
        };
    }

    private static String generalPriority(Situation situation) {
        if (situation.topic() == Topic.SECURITY) {
            return "urgent";
        }
        if (situation.kind() != INCIDENT) {
            return situation.dated() ? "normal" : "low";
        }
        if (situation.stopped()) {
            return situation.scope() == ONE ? "high" : "urgent";
        }
        return situation.scope() == SITE ? "high" : "normal";
    }

    private static String generalStep(Situation situation) {
        return switch (situation.kind()) {
            case REQUEST -> "get approval";
            case QUESTION -> "explain";
            case INCIDENT -> {
                if (situation.topic() == Topic.SECURITY) {
                    yield "block access";
                }
                yield switch (situation.scope()) {
                    case SITE -> "warn everybody";
                    case TEAM -> "tell the team";
                    case ONE -> "call the user";
                };
            }
        };
    }
}
