package org.mlxspring.sample.generator;

/**
 * What a ticket is about, before it is put into words. A desk's answer follows from this alone.
 *
 * @param topic what it concerns
 * @param kind whether something broke, something is wanted or something is asked
 * @param scope how many people an incident reaches; {@link Scope#ONE} for everything else
 * @param stopped whether an incident keeps people from working; false for everything else
 * @param dated whether a request has to be met by a day soon; false for everything else
 */
record Situation(Topic topic, Kind kind, Scope scope, boolean stopped, boolean dated) {

    enum Kind {
        INCIDENT,
        REQUEST,
        QUESTION
    }

    enum Scope {
        ONE,
        TEAM,
        SITE
    }

    /** How soon it has to be seen to, from 0 for at once to 3 for some day. */
    int level() {
        if (topic == Topic.SECURITY) {
            return 0;
        }
        return switch (kind) {
            case REQUEST -> dated ? 2 : 3;
            case QUESTION -> 3;
            case INCIDENT -> {
                int calm = scope == Scope.SITE ? 1 : 2;
                yield stopped ? calm - 1 : calm;
            }
        };
    }
}
