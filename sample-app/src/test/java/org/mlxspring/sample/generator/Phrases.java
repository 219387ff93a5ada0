package org.mlxspring.sample.generator;

import java.util.List;

/** The sentences that every ticket may hold, whatever its topic. */
final class Phrases {

    static final List<String> TIMES = List.of(
            "this morning",
            "yesterday",
            "Monday",
            "lunch",
            "last week",
            "the weekend",
            "about nine",
            "the last update");

    static final List<String> DEVICES = List.of("laptop", "notebook", "computer", "PC", "workstation");

    static final List<String> GREETINGS =
            List.of("Hi,", "Hello,", "Good morning,", "Dear desk,", "Hi all,", "Hello there,");

    static final List<String> ONLY_ME = List.of(
            "It is only me.",
            "Only I am affected.",
            "The others around me have no trouble.",
            "{person} next to me is fine.",
            "My colleagues do not have this.",
            "For everybody else it works.",
            "As far as I know nobody else has it.");

    static final List<String> WHOLE_TEAM = List.of(
            "The whole {team} team has it.",
            "All of us in {team} see the same.",
            "Everybody in {team} is affected.",
            "My colleagues in {team} have it too.",
            "It hits the complete {team} team.",
            "{person} and the rest of {team} report the same.",
            "The {team} people all have this.");

    static final List<String> WHOLE_SITE = List.of(
            "Everybody in {site} is affected.",
            "All of {site} has it.",
            "It is the same on every floor in {site}.",
            "The complete site in {site} reports it.",
            "All departments in {site} see the same.",
            "Nobody in {site} is spared.",
            "It hits all of us here in {site}, whatever the team.");

    static final List<String> STOPPED = List.of(
            "Work has stopped.",
            "Nothing can be done until this is fixed.",
            "There is no way around it.",
            "We are at a standstill.",
            "This blocks all work.",
            "No work is possible right now.",
            "Everything waits for this.",
            "I tried every workaround, none helps, so work is on hold.");

    static final List<String> HINDERED = List.of(
            "It is annoying, but work goes on.",
            "There is a workaround for now.",
            "Work is slower, but it goes on.",
            "After some tries it works again for a while.",
            "We can live with it for some days.",
            "It costs time, but nothing is blocked.",
            "With a detour the work gets done.",
            "It is not blocking anybody.");

    static final List<String> DATED = List.of(
            "It is needed by tomorrow.",
            "We need it before Friday.",
            "The deadline is tomorrow at noon.",
            "It has to be there on Monday at the latest.",
            "{person} starts with it tomorrow.",
            "The audit is this week, so it cannot wait.");

    static final List<String> UNDATED = List.of(
            "There is no hurry.",
            "Any time this quarter is fine.",
            "It can wait.",
            "Whenever you find the time.",
            "No deadline from my side.",
            "Next month is early enough.");

    static final List<String> QUESTION_ENDS = List.of(
            "Is there a page about it?",
            "A short hint is enough.",
            "I could not find it in the manual.",
            "Just a question, nothing is broken.",
            "{person} did not know either.",
            "Could you tell me how?");

    /** Sentences that say nothing about the answer. Some name another topic, some only shout. */
    static final List<String> ASIDES = List.of(
            "The printer works, by the way.",
            "Mail still works.",
            "The phone is fine.",
            "VPN and Wi-Fi are fine.",
            "My password is not the problem.",
            "I restarted twice.",
            "It has nothing to do with the badge.",
            "Please treat this as urgent!",
            "URGENT!!",
            "This is important to me.",
            "{person} told me to write to you.",
            "I am in {site} today.",
            "I work in {team}.",
            "I have a meeting in {site} at two.",
            "My {device} is two years old.",
            "You can reach me until five.",
            "I was on leave until {when}.",
            "It is my second ticket this month.");

    static final List<String> ENDS = List.of(
            "Thanks, {person}", "Regards, {person}", "Thank you!", "Cheers, {person}", "{person}", "Many thanks");

    private static final List<String> SITES = List.of(
            "Bristol",
            "Cardiff",
            "Dublin",
            "the main office",
            "building 2",
            "York",
            "Antwerp",
            "Kiel",
            "Lyon",
            "Graz",
            "Porto",
            "hall 7",
            "the annex",
            "Oslo",
            "Malmo",
            "Derby",
            "Turin",
            "Krakow",
            "Basel",
            "Metz",
            "Plant 3");

    private static final List<String> TEAMS = List.of(
            "sales",
            "marketing",
            "legal",
            "support",
            "design",
            "planning",
            "quality",
            "research",
            "purchasing",
            "finance",
            "logistics",
            "catering",
            "export",
            "tooling",
            "fleet",
            "welding",
            "claims",
            "press",
            "field service",
            "pricing");

    private static final List<String> PEOPLE = List.of(
            "Anna", "Ben", "Chloe", "David", "Emma", "Frank", "Grace", "Henry", "Julia", "Karim", "Lena", "Tom",
            "Yusuf", "Marta", "Nils", "Olga", "Priya", "Quentin", "Rosa", "Stefan", "Tereza", "Ulla", "Victor", "Wanda",
            "Zoe");

    /** Names that programs have here and there: nothing follows from them. */
    private static final List<String> PROGRAMS = List.of(
            "Orbit",
            "Lumen",
            "Quill",
            "Falcon",
            "Ledger",
            "Pilot",
            "Beacon",
            "Ember",
            "Atlas",
            "Clover",
            "Nimbus",
            "Rover",
            "Sparrow",
            "Magpie",
            "Bridgeman",
            "Cluster",
            "Trident",
            "Merlin",
            "Banner",
            "Castor",
            "Wicket",
            "Harbour");

    static List<String> words(String slot) {
        return switch (slot) {
            case "when" -> TIMES;
            case "device" -> DEVICES;
            default -> throw new IllegalArgumentException("no words for the slot {" + slot + "}");
        };
    }

    /** The words of every desk but the company's. */
    static List<String> generalWords(String slot) {
        return switch (slot) {
            case "site" -> SITES;
            case "team" -> TEAMS;
            case "person" -> PEOPLE;
            case "orders", "expenses", "staff" -> PROGRAMS;
            default -> words(slot);
        };
    }

    private Phrases() {}
}
