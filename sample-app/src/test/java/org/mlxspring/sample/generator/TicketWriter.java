package org.mlxspring.sample.generator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts situations into words. The same desk and seed always give the same tickets, and no text comes twice. */
final class TicketWriter {

    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    private final Desk desk;
    private final Random random;
    private final Set<String> written = new HashSet<>();

    TicketWriter(Desk desk, long seed) {
        this.desk = desk;
        this.random = new Random(seed);
    }

    List<GeneratedTicket> write(int count) {
        List<GeneratedTicket> tickets = new ArrayList<>();
        while (tickets.size() < count) {
            Situation situation = situation(Topic.values()[tickets.size() % Topic.values().length]);
            String[] sentence =
                    pick(situation.topic().sentences(situation.kind())).split(" \\| ");
            String subject = capital(fill(sentence[0]));
            String text = misspell(text(situation, capital(fill(sentence[1]))));
            if (written.add(text)) {
                tickets.add(new GeneratedTicket(tickets.size() + 1, subject, text, desk.answer(situation)));
            }
        }
        return tickets;
    }

    private Situation situation(Topic topic) {
        List<Situation.Kind> kinds = new ArrayList<>();
        for (Situation.Kind kind : Situation.Kind.values()) {
            if (!topic.sentences(kind).isEmpty()) {
                kinds.add(kind);
            }
        }
        // Most tickets are incidents, where the topic has any.
        Situation.Kind kind = chance(60) ? kinds.getFirst() : pick(kinds);
        return switch (kind) {
            case INCIDENT ->
                new Situation(topic, kind, pick(List.of(Situation.Scope.values())), random.nextBoolean(), false);
            case REQUEST -> new Situation(topic, kind, Situation.Scope.ONE, false, random.nextBoolean());
            case QUESTION -> new Situation(topic, kind, Situation.Scope.ONE, false, false);
        };
    }

    private String text(Situation situation, String sentence) {
        List<String> parts = new ArrayList<>();
        if (chance(40)) {
            parts.add(pick(Phrases.GREETINGS));
        }
        boolean asideFirst = chance(30);
        if (asideFirst) {
            parts.add(fill(pick(Phrases.ASIDES)));
        }
        parts.add(sentence);
        parts.addAll(circumstances(situation));
        if (!asideFirst && chance(40)) {
            parts.add(fill(pick(Phrases.ASIDES)));
        }
        if (chance(50)) {
            parts.add(fill(pick(Phrases.ENDS)));
        }
        return String.join(" ", parts);
    }

    private List<String> circumstances(Situation situation) {
        return switch (situation.kind()) {
            case INCIDENT -> incidentCircumstances(situation);
            case REQUEST -> List.of(fill(pick(situation.dated() ? Phrases.DATED : Phrases.UNDATED)));
            case QUESTION -> chance(70) ? List.of(fill(pick(Phrases.QUESTION_ENDS))) : List.of();
        };
    }

    private List<String> incidentCircumstances(Situation situation) {
        String impact = fill(pick(situation.stopped() ? Phrases.STOPPED : Phrases.HINDERED));
        if (situation.topic() == Topic.SECURITY) {
            return chance(50) ? List.of() : List.of(impact);
        }
        String scope = fill(pick(
                switch (situation.scope()) {
                    case ONE -> Phrases.ONLY_ME;
                    case TEAM -> Phrases.WHOLE_TEAM;
                    case SITE -> Phrases.WHOLE_SITE;
                }));
        return chance(50) ? List.of(scope, impact) : List.of(impact, scope);
    }

    private String fill(String phrase) {
        Matcher slots = SLOT.matcher(phrase);
        return slots.replaceAll(slot -> pick(desk.words(slot.group(1))));
    }

    /** Swaps two letters inside one word of every tenth text. */
    private String misspell(String text) {
        if (!chance(10)) {
            return text;
        }
        int at = random.nextInt(text.length() - 3) + 1;
        for (int i = at; i + 2 < text.length(); i++) {
            if (text.substring(i - 1, i + 3).chars().allMatch(Character::isLowerCase)) {
                return text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
            }
        }
        return text;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
