package org.mlxspring.sample.generator;

import java.util.List;

/** Any other desk, without codes: it answers in plain words. Its tickets train the base model. */
record PlainDesk() implements Desk {

    private static final List<String> PRIORITIES = List.of("urgent", "high", "normal", "low");

    @Override
    public Answer answer(Situation situation) {
        return new Answer(
                situation.topic().plainQueue(), PRIORITIES.get(situation.level()), step(situation, situation.level()));
    }

    private static String step(Situation situation, int level) {
        return switch (situation.kind()) {
            case REQUEST -> "get approval";
            case QUESTION -> "explain";
            case INCIDENT -> {
                if (situation.topic() == Topic.SECURITY) {
                    yield "block access";
                }
                yield level == 0 ? "warn everybody" : routine(situation.topic());
            }
        };
    }

    private static String routine(Topic topic) {
        return switch (topic) {
            case COMPUTER, PRINTER, PHONE, BUILDING -> "inspect";
            case PASSWORD -> "reset";
            default -> "call the user";
        };
    }

    @Override
    public List<String> words(String slot) {
        return Phrases.generalWords(slot);
    }
}
