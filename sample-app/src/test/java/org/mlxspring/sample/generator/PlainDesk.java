package org.mlxspring.sample.generator;

import java.util.List;

/** Any other desk, without codes: it answers in plain words. Its tickets train the base model. */
record PlainDesk() implements Desk {

    @Override
    public Answer answer(Situation situation) {
        return new Answer(situation.topic().plainQueue(), priority(situation), step(situation));
    }

    private static String priority(Situation situation) {
        if (situation.topic() == Topic.SECURITY) {
            return "urgent";
        }
        return switch (situation.kind()) {
            case REQUEST -> situation.dated() ? "normal" : "low";
            case QUESTION -> "low";
            case INCIDENT -> {
                if (situation.stopped()) {
                    yield situation.scope() == Situation.Scope.ONE ? "high" : "urgent";
                }
                yield situation.scope() == Situation.Scope.SITE ? "high" : "normal";
            }
        };
    }

    private static String step(Situation situation) {
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

    @Override
    public List<String> words(String slot) {
        return Phrases.generalWords(slot);
    }
}
