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
}
