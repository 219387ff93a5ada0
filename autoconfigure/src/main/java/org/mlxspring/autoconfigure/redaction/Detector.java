package org.mlxspring.autoconfigure.redaction;

import java.util.List;
import java.util.Set;

/**
 * Finds personal data or secrets of some types. A bean of the application that implements this takes part in every
 * redaction, besides the detectors of the starter. It is called by several threads at once, with texts of up to a
 * million characters, and should take time in proportion to their length.
 */
public interface Detector {

    /** The types of its findings: upper-case letters, digits and underscores, such as {@code CUSTOMER_NUMBER}. */
    Set<String> types();

    /** What it finds in the text, in any order; findings may overlap. */
    List<Finding> find(String text);

    /**
     * What it finds in a text of which more is known. By default, the same as without.
     *
     * @param before what stands before the text in its row: the end of the string before it, and the name of the field
     *     it is the value of; to look for words in, never to find something in
     * @param text the text; the findings' offsets count from its start
     */
    default List<Finding> find(String before, String text) {
        return find(text);
    }

    /**
     * One writing of a value that may be written in several ways, so that all of them get the same placeholder. By
     * default, the value as it is.
     *
     * @param type one of {@link #types}
     * @param value a stretch of text that was found
     */
    default String normalized(String type, String value) {
        return value;
    }
}
