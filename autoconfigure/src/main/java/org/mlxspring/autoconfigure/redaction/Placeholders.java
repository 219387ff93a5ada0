package org.mlxspring.autoconfigure.redaction;

/** Names what is taken out of a text: the same value gets the same placeholder inside a dataset. */
public interface Placeholders {

    /** The placeholder of a value, such as {@code [EMAIL-3F9A1C]}. */
    String placeholder(String type, String value);
}
