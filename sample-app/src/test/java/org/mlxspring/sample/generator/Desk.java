package org.mlxspring.sample.generator;

import java.util.List;

/** A service desk: the names its tickets mention and the rule by which it answers them. */
sealed interface Desk permits CompanyDesk, PlainDesk {

    Answer answer(Situation situation);

    /** The words that may stand for a slot of a phrase, such as {@code {site}}. */
    List<String> words(String slot);
}
