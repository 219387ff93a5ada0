package org.mlxspring.engine.text.bpe;

/** Takes the pieces of a text in their order. */
interface PieceSink {

    /** @param end the place after the piece's last character */
    void piece(char[] text, int start, int end);
}
