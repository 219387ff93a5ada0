package org.mlxspring.autoconfigure.redaction;

import java.util.List;

/** Finds one type of personal data or secret in a text. Beans of the application are added to those that are there. */
public interface Detector {

    /** What it finds, in capitals, such as {@code EMAIL}; the placeholder begins with it. */
    String type();

    /** What it finds in the text, in order; findings do not overlap. */
    List<Finding> find(String text);
}
